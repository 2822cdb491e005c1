/** The trained nets that come with the page (cli/nets.ts), from its own folder `nets`. */
import * as v from 'valibot';
import { cut } from '../../../model/boundedText.ts';
import { sha256 } from '../../../model/sha256.ts';
import { trainedNetsSchema, type TrainedNet, type TrainedNetMoment } from '../../../model/trainedNets.ts';
import { supplied as words } from './enSupplied.ts';

/** A net that cannot be had or read; the message says what is wrong. */
export class SuppliedNetError extends Error {
  override readonly name = 'SuppliedNetError';
}

/** How a file of the folder is had. Rejects with {@link SuppliedNetError}. */
export type FetchNet = (file: string) => Promise<Uint8Array<ArrayBuffer>>;

export const fetchNet: FetchNet = async (file) => {
  let response: Response;
  try {
    response = await fetch(new URL(`${import.meta.env.BASE_URL}nets/${file}`, document.baseURI));
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new SuppliedNetError(words.missing(file, null), { cause });
  }
  throw new SuppliedNetError(words.missing(file, response.status));
};

/** Which there are. Rejects with {@link SuppliedNetError}. */
export async function readSuppliedNets(get: FetchNet): Promise<readonly TrainedNet[]> {
  const file = 'index.json';
  const bytes = await get(file);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SuppliedNetError(words.notJson(file), { cause });
  }
  const result = v.safeParse(trainedNetsSchema, json);
  if (result.success) return result.output.nets;
  const [first] = result.issues;
  const place = cut(v.getDotPath(first) ?? 'file', 80);
  throw new SuppliedNetError(words.unreadable(file, place, cut(first.message, 600).replace(/\.$/, '')));
}

/** Files that have come, by their hash: who goes along a run's moments and back asks for each once. */
const held = new Map<string, Promise<ArrayBuffer>>();

/** The safetensors file of a moment. Rejects with {@link SuppliedNetError} if it is not the one that the index speaks of. */
export function suppliedFile(moment: TrainedNetMoment, get: FetchNet = fetchNet): Promise<ArrayBuffer> {
  const known = held.get(moment.sha256);
  if (known) return known;
  const coming = readFile(moment, get);
  held.set(moment.sha256, coming);
  coming.catch(() => held.delete(moment.sha256));
  return coming;
}

async function readFile({ file, sha256: wanted }: TrainedNetMoment, get: FetchNet): Promise<ArrayBuffer> {
  const bytes = await get(file);
  if ((await sha256(bytes)) !== wanted) throw new SuppliedNetError(words.other(file));
  return bytes.buffer;
}

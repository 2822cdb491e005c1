/** Shards over the wire: fetched, checked against the manifest's hash, decoded. */
import { fetchFile, HttpError, NetworkError, type CacheMode, type DatasetFetch } from './fetchFile.ts';
import type { ShardEntry } from './manifest.ts';
import { decodePng, readPngHeader } from './png.ts';
import type { ShardStore } from './shardStore.ts';
import { sha256 } from '../model/sha256.ts';
import { CHANNELS, IMAGE_SIDE } from '../model/dataset.ts';

/** A shard cannot be had as the manifest describes it. */
export class ShardError extends Error {
  override readonly name = 'ShardError';
  readonly file: string;
  readonly expected: string;
  readonly found: string;
  constructor(file: string, expected: string, found: string, advice: string, cause?: unknown) {
    super(
      `Shard ${file}: expected ${expected}, found ${found}. ${advice}`,
      cause === undefined ? undefined : { cause },
    );
    this.file = file;
    this.expected = expected;
    this.found = found;
  }
}

/** The address of a file of the dataset. */
export const fileUrl = (folder: string, file: string) => `${folder.replace(/\/+$/, '')}/${file}`;

/**
 * The bytes of a shard, their SHA-256 checked, out of `store` where it is kept there. A file that is missing or damaged is asked for once
 * more, past every cache (a broken copy may sit in one). Rejects with {@link ShardError}, or with a {@link NetworkError} if the network
 * keeps it back.
 */
export async function fetchShard(
  folder: string,
  shard: ShardEntry,
  fetch: DatasetFetch,
  store: ShardStore | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await keptShard(shard, store);
  if (kept) return kept;
  try {
    return await fetchOnce(folder, shard, fetch, 'default');
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    return await fetchOnce(folder, shard, fetch, 'reload');
  }
}

/** A shard out of the store, sound; one that is damaged is given up, and null, as one that is not there. */
export async function keptShard(
  shard: ShardEntry,
  store: ShardStore | null,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const kept = (await store?.find(shard)) ?? null;
  if (!kept) return null;
  if (kept.length === shard.bytes && (await sha256(kept)) === shard.sha256) return kept;
  await store?.drop(shard);
  return null;
}

async function fetchOnce(
  folder: string,
  shard: ShardEntry,
  fetch: DatasetFetch,
  cache: CacheMode,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = fileUrl(folder, shard.file);
  let bytes;
  try {
    bytes = await fetchFile(url, cache, fetch);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new ShardError(shard.file, `an answer from ${url}`, error.message, MISSING, error);
  }
  if (bytes.length !== shard.bytes) {
    throw new ShardError(shard.file, `${shard.bytes} bytes`, `${bytes.length} bytes`, DAMAGED);
  }
  const found = await sha256(bytes);
  if (found !== shard.sha256) {
    throw new ShardError(shard.file, `SHA-256 ${shard.sha256}`, found, DAMAGED);
  }
  return bytes;
}

/** What those that wait for a shard are told when the network has kept it back for too long. */
export function keptBack(folder: string, { file }: ShardEntry, error: NetworkError): ShardError {
  return new ShardError(
    file,
    `an answer from ${fileUrl(folder, file)}`,
    `"${error.message}"`,
    RECONNECT,
    error,
  );
}

const DAMAGED = 'It is damaged where it comes from, or something on the way changes it.';
const MISSING = 'It is not where the page was told to look.';
const RECONNECT = 'The network kept it back.';

/** The images of a shard's PNG, uint8 `[images, 32, 32, 3]`. Rejects with {@link ShardError} if it is not such a PNG. */
export async function decodeShard(bytes: Uint8Array<ArrayBuffer>, shard: ShardEntry): Promise<Uint8Array> {
  const height = IMAGE_SIDE * shard.images;
  const expected = `an 8-bit RGB PNG of ${IMAGE_SIDE}x${height}`;
  const undecodable = (cause: unknown) =>
    new ShardError(shard.file, expected, 'something that does not decode', DAMAGED, cause);
  let png;
  try {
    png = readPngHeader(bytes);
  } catch (cause) {
    throw undecodable(cause);
  }
  const isRgb = png.channels === CHANNELS && png.depth === 8 && !png.interlaced;
  if (!isRgb || png.width !== IMAGE_SIDE || png.height !== height) {
    const found = `${png.width}x${png.height}, ${png.channels} channels of ${png.depth} bits`;
    throw new ShardError(shard.file, expected, png.interlaced ? `${found}, interlaced` : found, DAMAGED);
  }
  return decodePng(bytes).catch((cause: unknown) => {
    throw undecodable(cause);
  });
}

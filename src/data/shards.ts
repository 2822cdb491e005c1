/** Shards over the wire: fetched, checked against the manifest's hash, decoded. */
import { CHANNELS, IMAGE_SIDE, type ShardEntry } from './manifest.ts';
import { decodePng, readPngHeader } from './png.ts';
import { sha256 } from './sha256.ts';

/** The part of `fetch` that is used, so that files can stand in for a server. */
export type DatasetFetch = (
  url: string,
  init: { readonly cache: 'default' | 'no-cache' | 'reload' },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

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
 * The bytes of a shard, their SHA-256 checked. A failed request or a wrong hash is tried once more, past every
 * cache (a broken copy may sit in one). Rejects with {@link ShardError}.
 */
export async function fetchShard(
  folder: string,
  shard: ShardEntry,
  fetch: DatasetFetch,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await fetchOnce(folder, shard, fetch, 'default');
  } catch {
    return await fetchOnce(folder, shard, fetch, 'reload');
  }
}

async function fetchOnce(
  folder: string,
  shard: ShardEntry,
  fetch: DatasetFetch,
  cache: 'default' | 'reload',
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await request(fileUrl(folder, shard.file), shard, fetch, cache);
  if (bytes.length !== shard.bytes) {
    throw new ShardError(shard.file, `${shard.bytes} bytes`, `${bytes.length} bytes`, REBUILD);
  }
  const found = await sha256(bytes);
  if (found !== shard.sha256) {
    throw new ShardError(shard.file, `SHA-256 ${shard.sha256}`, found, REBUILD);
  }
  return bytes;
}

const REBUILD = 'The file is damaged: load again, or rebuild the dataset with `npm run data`.';
const RECONNECT = 'Check the connection and that `npm run data` was run, then load again.';

async function request(url: string, shard: ShardEntry, fetch: DatasetFetch, cache: 'default' | 'reload') {
  let response;
  let body;
  try {
    response = await fetch(url, { cache });
    body = await response.arrayBuffer();
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new ShardError(shard.file, `an answer from ${url}`, `"${found}"`, RECONNECT, cause);
  }
  if (!response.ok) {
    throw new ShardError(shard.file, `an answer from ${url}`, `HTTP ${response.status}`, RECONNECT);
  }
  return new Uint8Array(body);
}

/** The images of a shard's PNG, uint8 `[images, 32, 32, 3]`. Rejects with {@link ShardError} if it is not such a PNG. */
export async function decodeShard(bytes: Uint8Array<ArrayBuffer>, shard: ShardEntry): Promise<Uint8Array> {
  const height = IMAGE_SIDE * shard.images;
  const expected = `an 8-bit RGB PNG of ${IMAGE_SIDE}x${height}`;
  const undecodable = (cause: unknown) =>
    new ShardError(shard.file, expected, 'something that does not decode', REBUILD, cause);
  let png;
  try {
    png = readPngHeader(bytes);
  } catch (cause) {
    throw undecodable(cause);
  }
  const isRgb = png.channels === CHANNELS && png.depth === 8 && !png.interlaced;
  if (!isRgb || png.width !== IMAGE_SIDE || png.height !== height) {
    const found = `${png.width}x${png.height}, ${png.channels} channels of ${png.depth} bits`;
    throw new ShardError(shard.file, expected, png.interlaced ? `${found}, interlaced` : found, REBUILD);
  }
  return decodePng(bytes).catch((cause: unknown) => {
    throw undecodable(cause);
  });
}

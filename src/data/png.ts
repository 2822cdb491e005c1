/** Reads PNG with the inflate that browsers and Node have, which is faster than one in JavaScript. Only what shards need. */

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Numbers of a pixel; 1 where they point into a palette. */
  readonly channels: number;
  /** Bits of each. */
  readonly depth: number;
  readonly interlaced: boolean;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** By colour type: grey, none, RGB, palette, grey with alpha, none, RGB with alpha. */
const CHANNELS_OF_TYPE = [1, undefined, 3, 1, 2, undefined, 4];
const HEADER_START = 16;
const HEADER_END = 33;

/** What the file says of itself. Throws an Error if it is no PNG. */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  if (bytes.length < HEADER_END || SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new Error('It does not begin like a PNG.');
  }
  const view = viewOf(bytes);
  const channels = CHANNELS_OF_TYPE[bytes[HEADER_START + 9]!];
  if (channels === undefined) throw new Error('The PNG has an unknown colour type.');
  return {
    width: view.getUint32(HEADER_START),
    height: view.getUint32(HEADER_START + 4),
    channels,
    depth: bytes[HEADER_START + 8]!,
    interlaced: bytes[HEADER_START + 12] !== 0,
  };
}

/**
 * The pixels of a PNG of 8 bits, not interlaced: uint8 `[height, width, channels]`. Checksums are not looked at: shards have a hash.
 * Rejects with an Error if the file is cut short or broken.
 */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { width, height, channels } = readPngHeader(bytes);
  const inflated = new Blob(imageData(bytes)).stream().pipeThrough(new DecompressionStream('deflate'));
  const row = width * channels;
  return unfilter(await allOf(inflated, height * (row + 1)), height, row, channels);
}

/** So many bytes, which must be all: what goes on behind them is not read, however much a small file may be inflated to. */
async function allOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length <= bytes) continue;
    await reader.cancel();
    break;
  }
  if (length !== bytes) throw new Error('The PNG holds too few or too many pixels.');
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The contents of the file's IDAT chunks. */
function imageData(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const view = viewOf(bytes);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = SIGNATURE.length; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'IDAT') {
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  return parts;
}

/** Undoes the rows' filters (PNG specification, section 9): each byte was written as its difference to a prediction. */
function unfilter(filtered: Uint8Array, height: number, row: number, pixel: number): Uint8Array {
  const out = new Uint8Array(height * row);
  for (let y = 0; y < height; y++) {
    const from = y * (row + 1) + 1;
    const to = y * row;
    const filter = filtered[from - 1]!;
    if (filter > 4) throw new Error(`The PNG has a row with the unknown filter ${filter}.`);
    for (let x = 0; x < row; x++) {
      const left = x < pixel ? 0 : out[to + x - pixel]!;
      const up = y === 0 ? 0 : out[to + x - row]!;
      const upLeft = y === 0 || x < pixel ? 0 : out[to + x - row - pixel]!;
      out[to + x] = filtered[from + x]! + predict(filter, left, up, upLeft);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

/** Of the three neighbours the one nearest to `left + up - upLeft`. */
function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/**
 * Pixels as the address of a PNG, for `<image>` in a picture: it needs no canvas, whose pixels some browsers change, and stays in a picture
 * that is saved. The file is stored uncompressed (RFC 2083, RFC 1951 section 3.2.4).
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RGB = 2;
/** Bytes of a stored block at most. */
const BLOCK = 0xffff;

/** `pixels` is uint8 `[height, width, 3]`. Throws RangeError if it is of another size. */
export function pngUrl(pixels: Uint8Array, width: number, height = width): string {
  if (pixels.length !== width * height * 3) {
    throw new RangeError(`${pixels.length} bytes are no picture of ${width} x ${height}`);
  }
  const header = [...uint32(width), ...uint32(height), 8, RGB, 0, 0, 0];
  const rows = new Uint8Array(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  }
  const file = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', Uint8Array.from(header)),
    chunk('IDAT', stored(rows)),
    chunk('IEND', new Uint8Array(0)),
  ];
  return `data:image/png;base64,${btoa(file.map(binary).join(''))}`;
}

const uint32 = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

const binary = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  bytes.set(uint32(data.length));
  bytes.set(Array.from(name, (letter) => letter.charCodeAt(0)), 4); // prettier-ignore
  bytes.set(data, 8);
  bytes.set(uint32(crc32(bytes.subarray(4, 8 + data.length))), 8 + data.length);
  return bytes;
}

/** Zlib's format around blocks that are not compressed. */
function stored(data: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(data.length / BLOCK));
  const bytes = new Uint8Array(2 + 5 * blocks + data.length + 4);
  bytes.set([0x78, 0x01]);
  let at = 2;
  for (let i = 0; i < blocks; i++) {
    const part = data.subarray(i * BLOCK, (i + 1) * BLOCK);
    const { length } = part;
    bytes.set([Number(i === blocks - 1), length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff], at); // prettier-ignore
    bytes.set(part, at + 5);
    at += 5 + length;
  }
  bytes.set(uint32(adler32(data)), at);
  return bytes;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 0x10000 + a;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

import { Buffer } from 'node:buffer';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { readPictureFile } from './pictureFile.ts';

const bytes = (...parts: readonly (string | readonly number[] | Uint8Array)[]) =>
  Uint8Array.from(
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
    ),
  );
const text = (content: string) => new TextEncoder().encode(content);
const little = (value: number, size: number) =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
const big = (value: number, size: number) => little(value, size).toReversed();

const png = (width: number, height: number) => Uint8Array.from(PNG.sync.write(new PNG({ width, height })));
/** A PNG with another chunk behind its header: its sum is not looked at. */
const withChunk = (name: string) => {
  const file = png(4, 4);
  return bytes(file.subarray(0, 33), big(8, 4), name, new Array<number>(12).fill(0), file.subarray(33));
};
/** As long a header as a bomb needs: a little file that is a large picture. */
const bomb = bytes(
  '\x89PNG\r\n\x1a\n', big(13, 4), 'IHDR', big(50_000, 4), big(50_000, 4), [8, 2, 0, 0, 0], big(0, 4),
  big(0, 4), 'IDAT', deflateSync(new Uint8Array(9)),
); // prettier-ignore
const jpeg = bytes('\xff\xd8', '\xff\xe1', big(8, 2), 'Exif\0\0', '\xff\xff\xc2', big(17, 2), [8], big(300, 2), big(400, 2)); // prettier-ignore
const frame = bytes([0x2c], little(0, 8), [0], [2], [2, 0x44, 1], [0]);
const gif = (frames: number) =>
  bytes('GIF89a', little(7, 2), little(5, 2), [0x80, 0, 0], new Array<number>(6).fill(0), [0x21, 0xf9, 4, 0, 0, 0, 0, 0], ...Array<Uint8Array>(frames).fill(frame), [0x3b]); // prettier-ignore
const webp = (kind: string, content: readonly number[]) => bytes('RIFF', little(30, 4), 'WEBP', kind, little(10, 4), content); // prettier-ignore
const extended = (flags: number) => webp('VP8X', [flags, 0, 0, 0, ...little(639, 3), ...little(479, 3)]);
const avif = (brand: string) => bytes(big(24, 4), 'ftyp', brand, big(0, 4), 'mif1miaf', big(20, 4), 'ispe', big(0, 4), big(640, 4), big(480, 4)); // prettier-ignore
const bmp = bytes('BM', new Array<number>(12).fill(0), little(40, 4), little(10, 4), little(2 ** 32 - 20, 4));

test.each([
  ['a PNG', png(6, 9), { format: 'png', width: 6, height: 9, isAnimated: false }],
  ['an animated PNG', withChunk('acTL'), { format: 'png', width: 4, height: 4, isAnimated: true }],
  ['a PNG with a text', withChunk('tEXt'), { format: 'png', width: 4, height: 4, isAnimated: false }],
  ['a little file that is a large PNG', bomb, { format: 'png', width: 50_000, height: 50_000, isAnimated: false }],
  ['a progressive JPEG behind EXIF', jpeg, { format: 'jpeg', width: 400, height: 300, isAnimated: false }],
  ['a GIF', gif(1), { format: 'gif', width: 7, height: 5, isAnimated: false }],
  ['an animated GIF', gif(3), { format: 'gif', width: 7, height: 5, isAnimated: true }],
  ['a WebP', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, ...little(640, 2), ...little(480, 2)]), { format: 'webp', width: 640, height: 480, isAnimated: false }],
  ['a WebP without loss', webp('VP8L', [0x2f, ...little(639 + (479 << 14), 4)]), { format: 'webp', width: 640, height: 480, isAnimated: false }],
  ['a WebP with transparency', extended(0x10), { format: 'webp', width: 640, height: 480, isAnimated: false }],
  ['an animated WebP', extended(0x02), { format: 'webp', width: 640, height: 480, isAnimated: true }],
  ['a BMP from above', bmp, { format: 'bmp', width: 10, height: 20, isAnimated: false }],
  ['an AVIF', avif('avif'), { format: 'avif', width: 640, height: 480, isAnimated: false }],
  ['an animated AVIF', avif('avis'), { format: 'avif', width: 640, height: 480, isAnimated: true }],
] as const)('%s is known by its first bytes', (_, file, found) => {
  expect(readPictureFile(file)).toEqual(found);
}); // prettier-ignore

test.each([
  ['nothing', new Uint8Array(0), 'empty'],
  ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing'],
  ['a drawing with a head', text('\ufeff<?xml version="1.0"?>\n<!-- made -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg\n>'), 'drawing'],
  ['a drawing with a type of its own', text('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'), 'drawing'],
  ['a comment without an end', text('<!--'.repeat(1_000)), 'unknown'],
  ['HEIC', bytes(big(24, 4), 'ftypheic', big(0, 4), 'mif1heic'), 'foreign'],
  ['TIFF', bytes('II*\0', little(8, 4)), 'foreign'],
  ['a video', bytes(big(24, 4), 'ftypisom', big(0, 4), 'isomiso2'), 'unknown'],
  ['a text', text('BM is how this text begins, and it is no bitmap.'), 'unknown'],
  ['a page', text('<!DOCTYPE html><html><svg></svg></html>'), 'unknown'],
  ['a PDF', text('%PDF-1.7'), 'unknown'],
  ['a PNG that was cut short', png(6, 9).subarray(0, 20), 'damaged'],
  ['a PNG of no pixels', bytes('\x89PNG\r\n\x1a\n', big(13, 4), 'IHDR', big(0, 4), big(5, 4), new Array<number>(20).fill(0)), 'damaged'],
  ['a JPEG without a size', bytes('\xff\xd8\xff\xda', big(4, 2), [0, 0]), 'damaged'],
  ['a JPEG that was cut short', jpeg.subarray(0, 15), 'damaged'],
  ['an AVIF without a size', avif('avif').subarray(0, 24), 'damaged'],
] as const)('%s is no picture', (_, file, why) => {
  expect(readPictureFile(file)).toBe(why);
}); // prettier-ignore

test('no bytes make it throw or hang, however they begin', () => {
  const beginnings = [png(4, 4), jpeg, gif(2), extended(2), avif('avif'), bmp];
  const anything = fc.tuple(fc.constantFrom(...beginnings), fc.nat(60), fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(anything, ([file, kept, noise]) => {
      const found = readPictureFile(bytes(file.subarray(0, kept), noise));
      if (typeof found === 'object') expect(found.width * found.height).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});

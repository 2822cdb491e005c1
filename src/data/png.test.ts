import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode, encode } from 'fast-png';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { decodePng, readPngHeader } from './png.ts';

const own = (bytes: Uint8Array) => Uint8Array.from(bytes);

/** `filterType` is a filter for all rows, or -1: for each row the best. */
function write(width: number, height: number, pixels: Uint8Array, filterType: number) {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false, filterType });
  png.data = Buffer.from(pixels);
  return own(
    PNG.sync.write(png, {
      colorType: 2,
      inputColorType: 2,
      inputHasAlpha: false,
      filterType,
      deflateChunkSize: 64,
    }),
  );
}

test.each([0, 1, 2, 3, 4, -1])(
  'what was written with filter %i is read as fast-png reads it',
  async (filter) => {
    const images = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(images, fc.infiniteStream(fc.nat(255)), async ({ width, height }, bytes) => {
        const pixels = Uint8Array.from({ length: width * height * 3 }, () => bytes.next().value as number);
        const png = write(width, height, pixels, filter);
        expect(readPngHeader(png)).toEqual({ width, height, channels: 3, depth: 8, interlaced: false });
        expect(await decodePng(png)).toEqual(pixels);
        expect(decode(png).data).toEqual(pixels);
      }),
      { numRuns: 30 },
    );
  },
);

test.each([
  ['no PNG', (png: Uint8Array<ArrayBuffer>) => png.fill(0, 0, 8), /does not begin/],
  ['pixels cut off', (png: Uint8Array<ArrayBuffer>) => png.slice(0, 60), /./],
  ['another height', (png: Uint8Array<ArrayBuffer>) => png.fill(4, 23, 24), /too few or too many/],
])('%s: refused', async (_, damage, message) => {
  const png = encode({ width: 8, height: 8, channels: 3, data: new Uint8Array(192).map((__, i) => 37 * i) });
  await expect((async () => decodePng(damage(own(png))))()).rejects.toThrow(message);
});

test('a small file that inflates to far more than its pixels is left at once', async () => {
  const pixels = new Uint8Array(2 * 2 * 3);
  const header = write(2, 2, pixels, 0).slice(0, 33);
  const packed = deflateSync(new Uint8Array(300_000_000));
  const chunk = Buffer.alloc(12 + packed.length);
  chunk.writeUInt32BE(packed.length);
  chunk.write('IDAT', 4, 'latin1');
  packed.copy(chunk, 8);
  const before = process.memoryUsage().rss;
  await expect(decodePng(own(Buffer.concat([header, chunk])))).rejects.toThrow('too few or too many pixels');
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
});

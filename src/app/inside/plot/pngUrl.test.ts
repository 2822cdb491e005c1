import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { createRandom } from '../../../model/random.ts';
import { pngUrl } from './pngUrl.ts';

/** What another program reads, which checks every sum. */
function read(url: string): { width: number; height: number; rgb: Uint8Array } {
  const { width, height, data } = PNG.sync.read(Buffer.from(url.split(',')[1]!, 'base64'));
  return { width, height, rgb: Uint8Array.from(data.filter((_, i) => i % 4 !== 3)) };
}

test.each([
  [32, 32],
  [1, 1],
  [5, 3],
  // More than one stored block.
  [200, 150],
])('a picture of %d x %d is read back as it was', (width, height) => {
  const random = createRandom(width);
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  expect(read(pngUrl(pixels, width, height))).toEqual({ width, height, rgb: pixels });
});

test('pixels of another size are refused', () => {
  expect(() => pngUrl(new Uint8Array(5), 32)).toThrow(RangeError);
});

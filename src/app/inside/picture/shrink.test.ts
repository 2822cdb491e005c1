import { expect, test } from 'vitest';
import { createRandom } from '../../../model/random.ts';
import { shrink } from './shrink.ts';

const random = createRandom(1);
const noise = (side: number) =>
  Uint8ClampedArray.from({ length: side * side * 4 }, () => random.integer(256));

/** Each small pixel from a hundred by a hundred points in it. */
function bySampling(rgba: Uint8ClampedArray, side: number, to: number): number[] {
  const points = 120;
  const small: number[] = [];
  for (let y = 0; y < to; y++)
    for (let x = 0; x < to; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let j = 0; j < points; j++)
          for (let i = 0; i < points; i++) {
            const row = Math.floor(((y + (j + 0.5) / points) * side) / to);
            const column = Math.floor(((x + (i + 0.5) / points) * side) / to);
            sum += rgba[(row * side + column) * 4 + c]!;
          }
        small.push(sum / points ** 2);
      }
  return small;
}

test.each([
  [4, 4],
  [8, 4],
  [5, 4],
  [7, 3],
])(
  'a picture of side %d becomes one of side %d by the mean of what each pixel covers, within 1',
  (side, to) => {
    const rgba = noise(side);
    const small = shrink(rgba, side, to);
    bySampling(rgba, side, to).forEach((value, i) => expect(Math.abs(small[i]! - value)).toBeLessThan(1));
  },
);

test('one colour stays what it is, and a picture of the right size stays as it is', () => {
  const rgba = new Uint8ClampedArray(4 * 37 * 37).map((_, i) => [255, 128, 3, 255][i % 4]!);
  expect(new Set(shrink(rgba, 37, 32))).toEqual(new Set([255, 128, 3]));
  const same = noise(32);
  expect(shrink(same, 32, 32)).toEqual(Uint8Array.from(same.filter((_, i) => i % 4 !== 3)));
});

test('what is too small, or of another size, is refused', () => {
  expect(() => shrink(noise(3), 3, 4)).toThrow(RangeError);
  expect(() => shrink(noise(3), 4, 4)).toThrow(RangeError);
});

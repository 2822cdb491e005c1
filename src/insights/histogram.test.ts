import { expect, test } from 'vitest';
import { createRandom } from '../model/random.ts';
import { Counting, Magnitudes, roundAbove, spread } from './histogram.ts';

const random = createRandom(1);
const values = Float32Array.from({ length: 5_000 }, (_, i) => (i % 10 === 0 ? 0 : random.normal()));

test('every value is in the bin that holds it, those beyond in the outermost', () => {
  const counting = new Counting(-2, 2, 8);
  counting.add(values.subarray(0, 1_234));
  counting.add(values.subarray(1_234));
  const { counts, zeros, missing } = counting.result();
  const inside = (from: number, to: number) => values.filter((value) => value >= from && value < to).length;
  expect(Array.from(counts)).toEqual([
    inside(-Infinity, -1.5),
    ...[-1.5, -1, -0.5, 0, 0.5, 1].map((from) => inside(from, from + 0.5)),
    inside(1.5, Infinity),
  ]);
  expect(zeros).toBe(500);
  expect(missing).toBe(0);
});

test('mean and deviation are those of the values; NaN is counted apart, infinities are at the ends', () => {
  const counting = new Counting(0, 1, 2);
  counting.add([1, 2, 3, 6, NaN]);
  expect(counting.result()).toMatchObject({ missing: 1, mean: 3, deviation: Math.sqrt(3.5) });
  const ends = new Counting(-1, 1, 4);
  ends.add([Infinity, -Infinity, NaN]);
  expect(Array.from(ends.result().counts)).toEqual([1, 0, 0, 1]);
  expect(new Counting(0, 1, 2).result().mean).toBeNaN();
});

test('nearly all values lie below what is said, and it is not far above them', () => {
  const magnitudes = new Magnitudes();
  magnitudes.add(values);
  magnitudes.add([NaN, Infinity]);
  const sizes = values.map(Math.abs).toSorted();
  for (const share of [0.5, 0.9, 0.999, 1]) {
    const exact = sizes[Math.ceil(share * sizes.length) - 1]!;
    expect(magnitudes.below(share)).toBeGreaterThanOrEqual(exact);
    expect(magnitudes.below(share)).toBeLessThanOrEqual(1.05 * exact);
  }
  expect(new Magnitudes().below(0.9)).toBe(0);
  const zeros = new Magnitudes();
  zeros.add([0, 0]);
  expect(zeros.below(1)).toBeLessThan(1e-11);
});

test.each([
  [0.13, 0.15],
  [1, 1],
  [1.01, 1.5],
  [9, 10],
  [0.0007, 0.0008],
  [420, 500],
])('%d rounds up to %d', (value, above) => expect(roundAbove(value)).toBe(above));

test('a few of many are spread from the first to the last', () => {
  expect(spread([1, 2, 3], 4)).toEqual([1, 2, 3]);
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentiles } from './percentiles.ts';

test('as NumPy has them', () => {
  expect(percentiles([4, 1, 3, 2], 0.25, 0.75)).toEqual([1.75, 3.25]);
  expect(percentiles([7], 0.05, 0.95)).toEqual([7, 7]);
  expect(percentiles([NaN, Infinity], 0.05, 0.95)).toBeNull();
});

test('one value far out of a hundred does not move the range to it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 1e6 }), (outlier) => {
      const values = [...Array.from({ length: 100 }, (_, i) => i / 100), outlier];
      expect(percentiles(values, 0.05, 0.95)![1]).toBeLessThan(1);
    }),
  );
});

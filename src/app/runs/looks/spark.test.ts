import { expect, test } from 'vitest';
import { sparkPath, thinned } from './spark.ts';

const box = { width: 30, height: 10, lowest: 0, highest: 1 };

test('a curve goes from left to right, high values up', () => {
  expect(sparkPath([1, 0.5, 0, 0], box)).toBe('M0.0 0.0L10.0 5.0L20.0 10.0L30.0 10.0');
});

test('one point, or none, is no curve, and a flat one has no scale to divide by', () => {
  expect([sparkPath([], box), sparkPath([0.3], box)]).toEqual(['', '']);
  expect(sparkPath([0.3, 0.3], { ...box, lowest: 0.3, highest: 0.3 })).toBe('M0.0 10.0L30.0 10.0');
});

test('a long series becomes means of equal shares, a short one stays', () => {
  expect(thinned([0.25, 0.5])).toEqual([0.25, 0.5]);
  expect(thinned(Float64Array.from({ length: 320 }, (_, i) => Math.floor(i / 10)))).toEqual(
    Array.from({ length: 32 }, (_, i) => i),
  );
  expect(thinned(Array<number>(1001).fill(0.5)).every((value) => value === 0.5)).toBe(true);
});

test('values that are no numbers are left out', () => {
  expect(thinned([0.5, NaN, 0.25, Infinity])).toEqual([0.5, 0.25]);
  expect(thinned(Array<number>(64).fill(NaN))).toEqual([]);
});

import { expect, test } from 'vitest';
import { studentT } from './studentT.ts';

test('the values of the table, two-sided, 95%', () => {
  expect([1, 2, 3, 9, 30].map((freedom) => Number(studentT(freedom).toFixed(3)))).toEqual([
    12.706, 4.303, 3.182, 2.262, 2.042,
  ]);
  expect(studentT(10_000)).toBeCloseTo(1.96, 3);
});

test('the best of several comparisons has to be further out', () => {
  // t of 1 - 0.05 / 3 and of 1 - 0.05 / 10, two-sided.
  expect(studentT(1, 3)).toBeCloseTo(38.19, 2);
  expect(studentT(2, 10)).toBeCloseTo(14.089, 3);
  expect(studentT(10_000, 3)).toBeCloseTo(2.394, 3);
});

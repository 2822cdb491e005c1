import { expect, test } from 'vitest';
import { correlation, enlarged, gradCam } from './gradCam.ts';

test('heat is what equations 1 and 2 give by hand, and what is no number stays none', () => {
  // Two positions, two channels: alpha = (mean(1, 3), mean(-1, -5)) = (2, -3).
  expect([...gradCam([4, 1, 1, 2], [1, -1, 3, -5], 2)]).toEqual([2 * 4 - 3, 0]);
  expect([...gradCam([4, NaN, 1, 2], [1, -1, 3, -5], 2)]).toEqual([NaN, 0]);
});

test('a field is made larger between its values: it keeps its size as it is, its level, and its slope', () => {
  const field = [1, 2, 3, 4];
  expect([...enlarged(field, 2, 2)]).toEqual(field);
  expect([...enlarged([7], 1, 3)]).toEqual(new Array(9).fill(7));
  // Half-pixel centres: along an edge of two, 0 and 1 lie at 0.5 and 1.5 of 2, so at 1 and 3 of 4.
  expect([...enlarged([0, 1, 0, 1], 2, 4)].slice(0, 4)).toEqual([0, 0.25, 0.75, 1]);
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(enlarged([0, 5, 1, 2, 8, 3, 0, 0, 9], 3, 30))).toBeCloseTo(28 / 9, 2);
});

test('correlation is 1 of what is a line of the other, -1 of its opposite, none of a level field', () => {
  expect(correlation([1, 2, 5], [3, 5, 11])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 5], [-1, -2, -5])).toBeCloseTo(-1, 12);
  expect(correlation([1, 2, 3], [4, 4, 4])).toBeNaN();
  expect(correlation([0, 1, 2, 3], [1, 0, 3, 2])).toBeCloseTo(0.6, 12);
});

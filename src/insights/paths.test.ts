import { expect, test } from 'vitest';
import { gradientShares, lengthAt, pathShares } from './paths.ts';

test('paths of each length are as many as Pascal\u2019s triangle says, in nets of any depth', () => {
  expect(pathShares(4).map((share) => 16 * share)).toEqual([1, 4, 6, 4, 1].map((count): unknown => expect.closeTo(count, 12))); // prettier-ignore
  expect(pathShares(0)).toEqual([1]);
  const deep = pathShares(600);
  expect(deep).toHaveLength(601);
  expect(deep.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  expect([lengthAt(deep, 0.5), deep.indexOf(Math.max(...deep))]).toEqual([300, 300]);
});

test('the gradient of a length is that of one path times their number', () => {
  // 1, 3, 3, 1 paths that bring 8, 4, 2, 1: 8, 12, 6, 1.
  const measured = [8, 4, 2, 1].map((gradient, length) => ({ length, gradient }));
  const expected = [8, 12, 6, 1].map((part): unknown => expect.closeTo(part / 27, 12));
  expect(gradientShares(3, measured)).toEqual(expected);
  // What falls by one factor is between its ends what it would be there.
  expect(gradientShares(3, [measured[3]!, measured[0]!])).toEqual(expected);
  expect(lengthAt(gradientShares(3, measured), 0.5)).toBe(1);
});

test('a gradient that falls as (1/2)^k gives the binomial of 1/3: two thirds of the blocks are passed by', () => {
  const shares = gradientShares(600, Array.from({ length: 7 }, (_, i) => ({ length: 100 * i, gradient: 0.5 ** (100 * i) }))); // prettier-ignore
  expect(lengthAt(shares, 0.5)).toBe(200);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
});

test('what is zero, or no number, is said as such', () => {
  expect(
    gradientShares(
      2,
      [1, 0, 0].map((gradient, length) => ({ length, gradient })),
    ),
  ).toEqual([1, 0, 0]);
  expect(gradientShares(2, [0, 0, 0].map((gradient, length) => ({ length, gradient }))).every(Number.isNaN)).toBe(true); // prettier-ignore
  const broken = gradientShares(2, [1, NaN, 1].map((gradient, length) => ({ length, gradient }))); // prettier-ignore
  expect(broken.every(Number.isNaN)).toBe(true);
  expect(lengthAt(broken, 0.5)).toBeNaN();
});

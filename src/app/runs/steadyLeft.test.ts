import fc from 'fast-check';
import { expect, test } from 'vitest';
import { steadyLeft, type ShownLeft } from './steadyLeft.ts';

/** What is shown after each of these estimates, `each` seconds of training apart. */
function shownAfter(estimates: readonly number[], each = 1): readonly number[] {
  let shown: ShownLeft | null = null;
  return estimates.map((estimate, i) => {
    shown = steadyLeft(shown, estimate, i * each);
    return shown.left;
  });
}

test('it counts down while the pace is the same within its noise', () => {
  expect(shownAfter([100, 106, 91, 103, 90, 99])).toEqual([100, 99, 98, 97, 96, 95]);
});

test('it never goes up by noise, whatever the noise is', () => {
  const noise = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 2, maxLength: 100 });
  fc.assert(
    fc.property(noise, (factors) => {
      const shown = shownAfter(factors.map((factor, i) => (300 - i) * (1 + factor)));
      // The first may itself be off by a tenth; then it is mended once, and else it counts down.
      const rises = shown.filter((left, i) => i > 0 && left > shown[i - 1]!);
      expect(rises.length).toBeLessThanOrEqual(1);
    }),
  );
});

test('a pace that is truly another is believed at once, either way', () => {
  expect(shownAfter([100, 99, 140, 139])).toEqual([100, 99, 140, 139]);
  expect(shownAfter([100, 99, 50, 49])).toEqual([100, 99, 50, 49]);
});

test('near the end it is right to two seconds, and never below nothing', () => {
  expect(shownAfter([10, 4, 3, 2, 1, 0])).toEqual([10, 4, 3, 2, 1, 0]);
  expect(shownAfter([2, 1.5, 1.2, 1])).toEqual([2, 1, 0, 0]);
});

test('while nothing is trained it stands still; a new run begins anew', () => {
  const shown = steadyLeft(null, 60, 30);
  expect(steadyLeft(shown, 62, 30)).toBe(shown);
  expect(steadyLeft(shown, 61, 2)).toEqual({ left: 61, spent: 2 });
});

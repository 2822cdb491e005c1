import { expect, test } from 'vitest';
import { createRandom } from '../../model/random.ts';
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

test('under noise of a tenth it goes up twice at most, where an estimate does a hundred times', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = createRandom(seed);
    const estimates = Array.from({ length: 280 }, (_, i) => (300 - i) * (0.9 + 0.2 * random.uniform()));
    const shown = shownAfter(estimates);
    const rises = (values: readonly number[]) => values.filter((left, i) => i > 0 && left > values[i - 1]!);
    expect(rises(shown).length).toBeLessThanOrEqual(2);
    expect(rises(estimates).length).toBeGreaterThan(90);
  }
});

test('a pace that is truly another is believed at once, either way', () => {
  expect(shownAfter([100, 99, 140, 139])).toEqual([100, 99, 140, 139]);
  expect(shownAfter([100, 99, 50, 49])).toEqual([100, 99, 50, 49]);
});

test('a pace that changes a little is followed when it lasts', () => {
  const shown = shownAfter([100, ...Array.from({ length: 60 }, (_, i) => 118 - i)]);
  expect(shown[1]).toBe(99);
  expect(shown.at(-1)).toBeGreaterThan(0.85 * 59);
});

test('near the end it is right to two seconds, and never below nothing', () => {
  expect(shownAfter([10, 4, 3, 2, 1, 0])).toEqual([10, 4, 3, 2, 1, 0]);
  expect(shownAfter([2, 1.5, 1.2, 1])).toEqual([2, 1, 0, 0]);
});

test('while nothing is trained it stands still; a new run begins anew', () => {
  const shown = steadyLeft(null, 60, 30);
  expect(steadyLeft(shown, 90, 30)).toBe(shown);
  expect(steadyLeft(shown, 61, 2)).toEqual({ left: 61, spent: 2, total: 63 });
});

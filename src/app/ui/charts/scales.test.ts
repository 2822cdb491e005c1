import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastShownStep, niceTicks, separate } from './scales.ts';

test('ticks are round numbers inside the range', () => {
  expect(niceTicks(0, 300, 6)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  expect(niceTicks(0.5, 2.4, 4)).toEqual([0.5, 1, 1.5, 2]);
  expect(niceTicks(3, 3, 4)).toEqual([3]);
});

test('a short budget is shown whole, a long one as far as the curves need', () => {
  expect(lastShownStep(0, 300)).toBe(300);
  expect(lastShownStep(10, 64_000)).toBe(500);
  expect(lastShownStep(600, 64_000)).toBe(1000);
  expect(lastShownStep(64_000, 64_000)).toBe(64_000);
  expect(lastShownStep(7000, null)).toBe(8000);
});

test('labels never collide and never leave the plot if they fit', () => {
  const heights = fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { maxLength: 16 });
  fc.assert(
    fc.property(heights, (wanted) => {
      const placed = separate(
        wanted.map((height) => ({ item: height, wanted: height })),
        18,
        0,
        400,
      );
      placed.forEach((label, i) => {
        expect(label.y).toBeGreaterThanOrEqual(-1e-6);
        expect(label.y).toBeLessThanOrEqual(400 + 1e-6);
        if (i > 0) expect(label.y - placed[i - 1]!.y).toBeGreaterThanOrEqual(18 - 1e-6);
      });
    }),
  );
});

test('a label with room stays where it wants to be', () => {
  const placed = separate([{ item: 'a', wanted: 50 }, { item: 'b', wanted: 200 }], 18, 0, 400); // prettier-ignore
  expect(placed.map((label) => label.y)).toEqual([50, 200]);
});

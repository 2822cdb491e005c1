import fc from 'fast-check';
import { expect, test } from 'vitest';
import { separate } from './separate.ts';

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

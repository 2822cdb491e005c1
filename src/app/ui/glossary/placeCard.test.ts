import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeCard } from './placeCard.ts';

const view = { width: 1000, height: 700 };
const card = { width: 320, height: 160 };
const at = (left: number, top: number) => ({ left, top, bottom: top + 20 });

test('it stands below its term, above where there is no room below, and inside at the right', () => {
  expect(placeCard(at(100, 100), card, view)).toEqual({ left: 100, top: 126 });
  expect(placeCard(at(100, 600), card, view)).toEqual({ left: 100, top: 434 });
  expect(placeCard(at(900, 100), card, view)).toEqual({ left: 668, top: 126 });
});

test('it is never beyond an edge of the window, unless it is larger', () => {
  const size = fc.integer({ min: 1, max: 900 });
  fc.assert(
    fc.property(size, size, size, size, size, size, (left, top, width, height, w, h) => {
      const place = placeCard(at(left, top), { width, height }, { width: w, height: h });
      expect(place.left).toBeGreaterThanOrEqual(12);
      expect(place.top).toBeGreaterThanOrEqual(12);
      if (width + 24 <= w) expect(place.left + width).toBeLessThanOrEqual(w - 12);
      if (height + 24 <= h) expect(place.top + height).toBeLessThanOrEqual(h - 12);
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimate } from './decimate.ts';

const series = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 3000 });
const limit = fc.integer({ min: 4, max: 500 });

test('a short series is kept whole', () => {
  expect([...decimate([5, 1, 4], 4)]).toEqual([0, 1, 2]);
});

test('keeps at most the limit, in order, with the first and the last', () => {
  fc.assert(
    fc.property(series, limit, (values, most) => {
      const kept = decimate(values, most);
      expect(kept.length).toBeLessThanOrEqual(most);
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(values.length - 1);
      for (let i = 1; i < kept.length; i++) expect(kept[i]!).toBeGreaterThan(kept[i - 1]!);
    }),
  );
});

test('never loses the extremes', () => {
  fc.assert(
    fc.property(series, limit, (values, most) => {
      const kept = Array.from(decimate(values, most), (i) => values[i]!);
      expect(Math.min(...kept)).toBe(Math.min(...values));
      expect(Math.max(...kept)).toBe(Math.max(...values));
    }),
  );
});

test('keeps a NaN wherever it stands', () => {
  fc.assert(
    fc.property(series, fc.nat(), limit, (values, position, most) => {
      const at = position % values.length;
      const broken = values.with(at, NaN);
      expect([...decimate(broken, most)]).toContain(at);
    }),
  );
});

test('refuses a limit that has no room for extremes and ends', () => {
  expect(() => decimate([1, 2], 3)).toThrow(RangeError);
});

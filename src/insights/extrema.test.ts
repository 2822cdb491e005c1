import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Extrema } from './extrema.ts';

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const anySeries = fc.array(value, { minLength: 1, maxLength: 3000 });
const anyRange = fc.tuple(fc.nat(), fc.nat());
/** Steps that share a column of pixels. */
const anyWidth = fc.integer({ min: 1, max: 600 });
const narrow = (width: number) => (first: number, last: number) => last - first < width;

function rangeIn(values: readonly number[], [a, b]: readonly [number, number]): readonly [number, number] {
  const from = a % values.length;
  return [from, from + 1 + (b % (values.length - from))];
}

test('of the visible range neither the extremes nor the ends are lost, however it is cut', () => {
  fc.assert(
    fc.property(anySeries, anyRange, anyWidth, (values, numbers, width) => {
      const [from, to] = rangeIn(values, numbers);
      const kept = new Extrema().extend(values).pick(from, to, narrow(width));
      const seen = values.slice(from, to);
      const shown = kept.map((i) => values[i]!);
      expect(Math.min(...shown)).toBe(Math.min(...seen));
      expect(Math.max(...shown)).toBe(Math.max(...seen));
      expect([kept[0], kept.at(-1)]).toEqual([from, to - 1]);
    }),
  );
});

test('ascending, inside the range, and a few for each column', () => {
  fc.assert(
    fc.property(anySeries, anyRange, anyWidth, (values, numbers, width) => {
      const [from, to] = rangeIn(values, numbers);
      const kept = new Extrema().extend(values).pick(from, to, narrow(width));
      for (let i = 1; i < kept.length; i++) expect(kept[i]!).toBeGreaterThan(kept[i - 1]!);
      // Two of each block of at least half a column, and the whole blocks of eight at both ends, level by level.
      if (width >= 8) expect(kept.length).toBeLessThanOrEqual((4 * (to - from)) / width + 50);
    }),
  );
});

test('keeps the first of values that are no numbers', () => {
  fc.assert(
    fc.property(anySeries, fc.nat(), anyWidth, (values, position, width) => {
      const at = position % values.length;
      const broken = values.with(at, NaN);
      expect(new Extrema().extend(broken).pick(0, values.length, narrow(width))).toContain(at);
    }),
  );
});

test('a series that grew in packs is picked as one that was there whole; a shorter look is still right', () => {
  fc.assert(
    fc.property(fc.array(anySeries, { minLength: 1, maxLength: 12 }), anyWidth, (packs, width) => {
      const whole = packs.flat();
      const grown = new Extrema();
      let length = 0;
      for (const pack of packs) {
        length += pack.length;
        grown.extend(whole.slice(0, length));
      }
      const fresh = (values: readonly number[]) => new Extrema().extend(values);
      expect(grown.pick(0, length, narrow(width))).toEqual(fresh(whole).pick(0, length, narrow(width)));
      const early = whole.slice(0, packs[0]!.length);
      const shown = grown.pick(0, early.length, narrow(width)).map((i) => whole[i]!);
      expect(Math.max(...shown)).toBe(Math.max(...early));
      expect(Math.min(...shown)).toBe(Math.min(...early));
    }),
  );
});

test('an empty range has no points', () => {
  expect(new Extrema().pick(0, 0, narrow(4))).toEqual([]);
  expect(new Extrema().extend([1]).pick(1, 5, narrow(4))).toEqual([]);
});

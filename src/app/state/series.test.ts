import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Series } from './series.ts';

const packs = fc.array(fc.array(fc.double({ noNaN: true }), { maxLength: 90 }), { maxLength: 12 });

test('holds what was appended, in order', () => {
  fc.assert(
    fc.property(packs, (added) => {
      const series = added.reduce((grown, pack) => grown.append(pack), Series.empty);
      expect([...series.values]).toEqual(added.flat());
      expect(series.last).toBe(added.flat().at(-1));
    }),
  );
});

test('an older series never changes, even when two grow from it', () => {
  fc.assert(
    fc.property(packs, packs, packs, (base, left, right) => {
      const grow = (from: Series, by: number[][]) => by.reduce((grown, pack) => grown.append(pack), from);
      const old = grow(Series.empty, base);
      const a = grow(old, left);
      const b = grow(old, right);
      expect([...old.values]).toEqual(base.flat());
      expect([...a.values]).toEqual([...base.flat(), ...left.flat()]);
      expect([...b.values]).toEqual([...base.flat(), ...right.flat()]);
    }),
  );
});

test('has nothing before its start and after its end', () => {
  const series = Series.empty.append([1, 2]);
  expect([series.at(-1), series.at(0), series.at(1), series.at(2)]).toEqual([undefined, 1, 2, undefined]);
});

test('a series keeps its origin while it grows, and shares it with no other', () => {
  const first = Series.empty.append([1]);
  const grown = first.append(Array.from({ length: 500 }, (_, i) => i));
  expect(grown.origin).toBe(first.origin);
  expect(first.append([2]).origin).not.toBe(first.origin);
  expect(Series.empty.append([1]).origin).not.toBe(first.origin);
});

test('an entry of which nothing was logged is another thing than NaN, however the series grew', () => {
  const cell = fc.option(fc.oneof(fc.double({ noNaN: true }), fc.constant(NaN)), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 90 }), { maxLength: 8 }), (added) => {
      const series = added.reduce((grown, pack) => grown.append(pack), Series.empty);
      const all = added.flat();
      expect([...series.values]).toEqual(all.map((value) => value ?? NaN));
      expect(all.map((_, i) => series.isAbsent(i))).toEqual(all.map((value) => value === null));
      expect(series.hasAbsent).toBe(all.includes(null));
      expect(series.last).toBe(all.findLast((value) => value !== null) ?? undefined);
    }),
  );
});

test('a series that branches off keeps what was absent, and shares no later absence', () => {
  const old = Series.empty.append([1, null, 3]);
  const left = old.append([null]);
  const right = old.append([4]);
  expect([left.isAbsent(1), left.isAbsent(3), right.isAbsent(1), right.isAbsent(3)]).toEqual([true, true, true, false]); // prettier-ignore
  expect([old.isAbsent(3), old.hasAbsent, Series.empty.append([NaN]).hasAbsent]).toEqual([false, true, false]); // prettier-ignore
});

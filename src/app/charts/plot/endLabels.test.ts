import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namedWithin } from './endLabels.ts';

interface End {
  readonly item: { readonly id: number; readonly faint: boolean; readonly lane: string | null };
  readonly wanted: number;
}

const ends = (count: number, faint = true): readonly End[] =>
  Array.from({ length: count }, (_, i) => ({ item: { id: i, faint, lane: 'a' }, wanted: i * 3 }));

test('names that fit all stand there; of forty as many as fit are named, and the others counted', () => {
  expect(namedWithin(ends(10), 10)).toEqual({ named: ends(10), more: 0 });
  const { named, more } = namedWithin(ends(40), 10);
  expect([named.length, more]).toEqual([9, 31]);
  expect([named[0]!.item.id, named.at(-1)!.item.id]).toEqual([0, 39]);
});

test('what is of the present experiment, and what it is compared with, is named before what lies behind', () => {
  const reference = { item: { id: -1, faint: true, lane: null }, wanted: 500 };
  const { named } = namedWithin([...ends(40), ...ends(3, false), reference], 8);
  const ids = named.map(({ item }) => [item.faint && item.lane !== null, item.id]);
  expect(ids.filter(([isBehind]) => !isBehind)).toHaveLength(4);
  expect(ids).toHaveLength(7);
});

test('none is named twice or lost, whatever room there is', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.nat(20), fc.nat(30), (behind, present, room) => {
      const all = [...ends(behind), ...ends(present, false)].map((end, i) => ({ ...end, item: { ...end.item, id: i } })); // prettier-ignore
      const { named, more } = namedWithin(all, room);
      expect(named.length + more).toBe(all.length);
      expect(new Set(named.map(({ item }) => item.id)).size).toBe(named.length);
      expect(named.length + Number(more > 0)).toBeLessThanOrEqual(Math.max(1, room));
    }),
  );
});

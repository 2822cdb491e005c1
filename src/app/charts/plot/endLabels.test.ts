import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCurves } from '../curves/curves.ts';
import { grown, sourceOf } from '../testing/sources.ts';
import { endColumn, namedWithin } from './endLabels.ts';
import type { ChartLayout } from './layout.ts';

interface End {
  readonly item: { readonly id: number; readonly faint: boolean };
  readonly wanted: number;
}

const ends = (count: number, faint = true): readonly End[] =>
  Array.from({ length: count }, (_, i) => ({ item: { id: i, faint }, wanted: i * 3 }));

test('names that fit all stand there; of forty as many as fit are named, and the others counted', () => {
  expect(namedWithin(ends(10), 10)).toEqual({ named: ends(10), more: 0 });
  const { named, more } = namedWithin(ends(40), 10);
  expect([named.length, more]).toEqual([9, 31]);
  expect([named[0]!.item.id, named.at(-1)!.item.id]).toEqual([0, 39]);
});

test('what is of the present experiment is named before what lies behind', () => {
  const { named } = namedWithin([...ends(40), ...ends(3, false)], 7);
  const ids = named.map(({ item }) => [item.faint, item.id]);
  expect(ids.filter(([isBehind]) => !isBehind)).toHaveLength(3);
  expect(ids).toHaveLength(6);
});

test('names stand behind all lines: beside their ends while lines grow, and beside the plot in the end', () => {
  const layout: ChartLayout = {
    width: 1007, height: 100, left: 0, right: 200, top: 0, bottom: 0,
    x: { from: 0, to: 100, isLog: false }, y: { from: 0, to: 1, isLog: false },
  }; // prettier-ignore
  const curve = (steps: number) =>
    buildCurves([sourceOf(grown(Array<number>(steps).fill(0.5)))], 'error', { smoothing: 0, x: 'step' }).curves[0]!; // prettier-ignore
  expect(endColumn([], layout)).toBe(0);
  expect(endColumn([curve(25)], layout)).toBe(200);
  expect(endColumn([curve(25), curve(50)], layout)).toBe(400);
  expect(endColumn([curve(25), curve(500)], layout)).toBe(800);
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

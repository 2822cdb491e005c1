import { expect, test } from 'vitest';
import { buildCurves } from '../curves/curves.ts';
import type { ChartLayout } from '../plot/layout.ts';
import { evaluated, grow, grown, otherRun, sourceOf } from '../testing/sources.ts';
import { lineAt } from './lineAt.ts';

const layout: ChartLayout = {
  width: 1007, height: 100, left: 0, right: 0, top: 0, bottom: 0,
  x: { from: 0, to: 100, isLog: false }, y: { from: 0, to: 1, isLog: false },
}; // prettier-ignore
const high = grown(Array<number>(50).fill(0.9));
const low = evaluated(evaluated(grow(otherRun, Array<number>(50).fill(0.2)), 1, 0.5), 50, 0.5);
const { curves } = buildCurves([sourceOf(high), sourceOf(low)], 'error', { smoothing: 0, x: 'step' });
const at = (x: number, y: number) => lineAt(curves, layout, [x, y]);

test('a line is pointed at on it and a little beside it, by its tests as by its training', () => {
  expect([at(200, 10), at(200, 17), at(200, 80), at(200, 50)]).toEqual([high.id, high.id, low.id, low.id]);
});

test('between lines, behind their ends and beside the plot there is none', () => {
  expect([at(200, 30), at(700, 10), at(2, 10), at(1200, 10)]).toEqual([null, null, null, null]);
  expect(lineAt([], layout, [200, 10])).toBeNull();
});

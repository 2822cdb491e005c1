import { expect, test } from 'vitest';
import { buildCurves } from '../curves/curves.ts';
import { Series } from '../../state/series.ts';
import { tabSeparated } from './PinnedReading.tsx';
import { readCurves, type ReadingOrder } from './reading.ts';
import { evaluated, grow, grown, otherRun, sourceOf } from '../testing/sources.ts';

const high = evaluated(grown([0.75, 0.75, 0.75]), 2, 0.875);
const low = grow(otherRun, [0.5, 0.25]);
const { curves } = buildCurves([sourceOf(low), sourceOf(high)], 'error', { smoothing: 0, x: 'step' });

test('a reading has the values of that step, the last evaluation up to it, and the highest lane first', () => {
  const rows = readCurves(curves, 2);
  expect(rows.map((row) => [row.raw, row.test?.y ?? null])).toEqual([
    [0.75, 0.875],
    [0.25, null],
  ]);
  expect(readCurves(curves, 1)[0]!.test).toBeNull();
  expect(readCurves(curves, 3).map((row) => row.raw)).toEqual([0.75, null]);
});

test('sorted by a column; who has no value comes last either way', () => {
  const names = (order: ReadingOrder) => readCurves(curves, 2, order).map((row) => row.raw);
  expect(names({ key: 'raw', descending: false })).toEqual([0.25, 0.75]);
  expect(names({ key: 'raw', descending: true })).toEqual([0.75, 0.25]);
  expect(names({ key: 'test', descending: false })).toEqual([0.75, 0.25]);
  expect(names({ key: 'test', descending: true })).toEqual([0.75, 0.25]);
  expect(names({ key: 'name', descending: false })).toEqual([0.75, 0.25]);
  expect(names({ key: 'name', descending: true })).toEqual([0.25, 0.75]);
});

test('a reading is copied as a table of full values', () => {
  const [, second] = tabSeparated('Error, Step 2', 'error', readCurves(curves, 2)).split('\n');
  expect(second).toBe(`${high.name}\t2\t0.75\t0.75\t0.875`);
});

test('of a log, a NaN is read out only where one was logged', () => {
  const run = {
    ...grown([]),
    config: null,
    origin: 'file' as const,
    loggedSteps: Series.empty.append([1, 2, 3, 4]),
    error: Series.empty.append([0.5, null, NaN, null]),
    loss: Series.empty.append([1, 1, 1, 1]),
  };
  const [curve] = buildCurves([sourceOf(run)], 'error', { smoothing: 0.9, x: 'step' }).curves;
  const at = (place: number) => readCurves([curve!], place)[0]!;
  expect([at(1).raw, at(2).raw, at(2).step, at(3).raw, at(4).raw]).toEqual([0.5, 0.5, 1, NaN, null]);
});

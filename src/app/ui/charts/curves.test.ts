import { expect, test } from 'vitest';
import { defaultExperiment } from '../../../model/presets.ts';
import { prepareRuns } from '../../store/prepareRuns.ts';
import { advanceRun, type Run } from '../../store/run.ts';
import type { CurveSource } from '../../store/curveSources.ts';
import { buildCurves as build, readCurves, verticalRange, type Quantity } from './curves.ts';

const [empty] = prepareRuns(defaultExperiment('cpu'), 1, () => '') as [Run, Run];
const sourceOf = (run: Run): CurveSource => ({ ...run, faint: false, runs: [run] });
const buildCurves = (runs: readonly Run[], quantity: Quantity, smoothing: number) =>
  build(runs.map(sourceOf), quantity, { smoothing });
const grown = (errors: readonly number[]) =>
  advanceRun(empty, {
    kind: 'steps',
    first: 1,
    loss: Float32Array.from(errors),
    error: Float32Array.from(errors),
    learningRate: Float32Array.from(errors, () => 0.1),
    trainingSeconds: Float64Array.from(errors, (_, i) => i),
    epoch: Float32Array.from(errors),
    imagesPerSecond: 100,
    waitingSeconds: 0,
    idleSeconds: 0,
  });
const evaluated = (run: Run, step: number, error: number) =>
  advanceRun(run, { kind: 'evaluation', step, images: 500, complete: false, loss: 2, error, seconds: 1 });

test('a curve holds what was recorded, whatever is drawn of it', () => {
  const errors = Array.from({ length: 5000 }, (_, i) => Math.fround(0.5 + 0.4 * Math.sin(i)));
  const [curve] = buildCurves([grown(errors)], 'error', 0.9);
  expect([...curve!.values]).toEqual(errors);
  expect(curve!.lines.raw.length).toBeLessThanOrEqual(400);
  expect(curve!.lines.raw.at(-1)).toEqual({ x: 5000, y: errors.at(-1) });
});

test('the end of a lane is its last test error, or its last finite training error before there is one', () => {
  const run = grown([0.5, 0.25, NaN]);
  expect(buildCurves([run], 'error', 0)[0]!.end).toEqual({ x: 2, y: 0.25 });
  expect(buildCurves([evaluated(run, 3, 0.75)], 'error', 0)[0]!.end).toEqual({ x: 3, y: 0.75 });
});

test('a reading has the values of that step, the last evaluation up to it, and the highest lane first', () => {
  const high = evaluated(grown([0.75, 0.75, 0.75]), 2, 0.875);
  const low = grown([0.5, 0.25]);
  const curves = buildCurves([low, high], 'error', 0);
  const rows = readCurves(curves, 2);
  expect(rows.map((row) => [row.raw, row.test?.y ?? null])).toEqual([
    [0.75, 0.875],
    [0.25, null],
  ]);
  expect(readCurves(curves, 1)[0]!.test).toBeNull();
  expect(readCurves(curves, 3).map((row) => row.raw)).toEqual([0.75, null]);
});

test('the range of the error axis opens downwards in tens and never closes above the half', () => {
  expect(verticalRange([], 'error')).toEqual([0.5, 1]);
  expect(verticalRange(buildCurves([grown([0.31])], 'error', 0), 'error')[0]).toBeCloseTo(0.2);
});

test('no range breaks where nothing is finite', () => {
  const curves = buildCurves([grown([NaN])], 'loss', 0.9);
  expect(verticalRange(curves, 'loss')).toEqual([1, 2.5]);
  expect(verticalRange(buildCurves([empty], 'speed', 0), 'speed')).toEqual([0, 1000]);
});

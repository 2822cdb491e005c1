import { expect, test } from 'vitest';
import { smooth } from '../../../insights/smooth.ts';
import { trainingError } from '../../lanes/laneTexts.ts';
import { advanceRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { percent } from '../../ui/format.ts';
import { buildCurves } from './curves.ts';
import { evaluated, grow, grown, emptyRun, otherRun, sourceOf } from '../testing/sources.ts';
import type { Curve, CurveView } from './curve.ts';
import type { Quantity } from '../quantities.ts';

const view: CurveView = { smoothing: 0, x: 'step' };
const build = (runs: readonly [Run, ...Run[]], quantity: Quantity, change: Partial<CurveView> = {}): Curve =>
  buildCurves([sourceOf(...runs)], quantity, { ...view, ...change }).curves[0]!;
const paused = (run: Run) => advanceRun(run, { kind: 'state', state: 'paused', step: run.step });

test('a curve holds what was recorded, whatever is drawn of it', () => {
  const errors = Array.from({ length: 5000 }, (_, i) => Math.fround(0.5 + 0.4 * Math.sin(i)));
  const curve = build([grown(errors)], 'error', { smoothing: 0.9 });
  expect([...curve.values]).toEqual(errors);
  expect([...curve.smoothed]).toEqual([...smooth(errors, 0.9)]);
});

test('a curve that grew pack by pack is that of the whole, and an older look at it stays as it was', () => {
  const errors = Array.from({ length: 900 }, (_, i) => Math.fround(Math.cos(i / 50)));
  let run = emptyRun;
  const early: Curve[] = [];
  for (let i = 0; i < errors.length; i += 30) {
    run = grow(run, errors.slice(i, i + 30));
    early.push(build([run], 'error', { smoothing: 0.9 }));
  }
  const whole = build([grown(errors)], 'error', { smoothing: 0.9 });
  expect(early.at(-1)!.smoothed).toEqual(whole.smoothed);
  expect(early[0]!.smoothed).toEqual(whole.smoothed.subarray(0, 30));
});

test('another smoothing is computed anew', () => {
  const run = grown([1, 0, 1, 0]);
  build([run], 'error', { smoothing: 0.5 });
  expect([...build([run], 'error', { smoothing: 0.9 }).smoothed]).toEqual([...smooth([1, 0, 1, 0], 0.9)]);
});

test('the end of a lane is its last test error, or its last finite training error before there is one', () => {
  const run = grown([0.5, 0.25, NaN]);
  expect(build([run], 'error').end).toEqual({ x: 2, y: 0.25, value: 0.25, split: 'training' });
  expect(build([evaluated(run, 3, 0.75)], 'error').end).toEqual({
    x: 3,
    y: 0.75,
    value: 0.75,
    split: 'test',
  });
});

test('the number at the end of a line is the training error as chip and table have it, at whatever smoothing', () => {
  const errors = Array.from({ length: 120 }, (_, i) => 0.9 - i / 240);
  const [run, other] = [
    grown(errors),
    grow(
      otherRun,
      errors.map((error) => error - 0.2),
    ),
  ];
  // The mean of steps 51 to 100, the verdict's window while it trains: 0.9 - (50 + ... + 99) / 50 / 240.
  const told = 0.9 - 74.5 / 240;
  for (const smoothing of [0, 0.5, 0.99]) {
    const { end, smoothed, trained } = build([run], 'error', { smoothing });
    expect([end!.value, trained]).toEqual([expect.closeTo(told, 6), end!.value]);
    expect(percent(end!.value)).toBe(trainingError(run));
    // The line itself ends where it was drawn to.
    expect(end!.y).toBe(smoothed.at(-1));
  }
  expect(build([run, other], 'error', { smoothing: 0.9 }).end!.value).toBeCloseTo(told - 0.1, 6);
  const tested = build([evaluated(run, 120, 0.75)], 'error', { smoothing: 0.9 });
  expect([tested.end!.value, tested.trained]).toEqual([0.75, expect.closeTo(told, 6)]);
  // Of other measures nothing else tells a number.
  const loss = build([run], 'loss', { smoothing: 0.9 });
  expect(loss.end!.value).toBe(loss.smoothed.at(-1));
});

test('over time, steps lie where they were done: pauses count on the wall only', () => {
  const run = evaluated(grow(grown([0.5, 0.5]), [0.5, 0.5], { idle: 60 }), 3, 0.75);
  expect([...build([run], 'error', { x: 'epoch' }).x].map((x) => Number(x.toFixed(3)))).toEqual([
    0.01, 0.02, 0.03, 0.04,
  ]);
  expect([...build([run], 'error', { x: 'training' }).x]).toEqual([0.5, 1, 1.5, 2]);
  const wall = build([run], 'error', { x: 'wall' });
  expect([...wall.x]).toEqual([0.5, 1, 61.5, 62]);
  expect(wall.test[0]).toMatchObject({ step: 3, x: 61.5 });
  const speed = build([run], 'speed', { x: 'wall' });
  expect([[...speed.steps], [...speed.x]]).toEqual([[2, 4], [1, 62]]); // prettier-ignore
});

test('a run without recorded wall time is named and not drawn over it', () => {
  const { wallSeconds } = emptyRun;
  const imported = { ...grown([0.5]), wallSeconds };
  const { curves, missing } = buildCurves([sourceOf(imported), sourceOf(grown([0.5]))], 'error', {
    ...view,
    x: 'wall',
  });
  expect(curves).toHaveLength(1);
  expect(missing).toEqual([imported.name]);
  expect(buildCurves([sourceOf(imported)], 'error', view).missing).toEqual([]);
});

test('several runs are their mean with its std, at the steps that all have, smoothed run by run', () => {
  const runs = [grow(emptyRun, [0, 1, 0]), grow(otherRun, [1, 0.5])] as const;
  const curve = build([...runs], 'error', { smoothing: 0.5 });
  expect([...curve.values]).toEqual([0.5, 0.75]);
  const [a, b] = [smooth([0, 1], 0.5), smooth([1, 0.5], 0.5)];
  expect([...curve.smoothed]).toEqual([0, 1].map((i) => (a[i]! + b[i]!) / 2));
  expect(curve.std![1]).toBeCloseTo(Math.abs(a[1]! - b[1]!) / Math.SQRT2, 12);
});

test('evaluations of several runs: mean and std where all were tested', () => {
  const a = evaluated(evaluated(grow(emptyRun, [1, 1]), 1, 0.5), 2, 0.5);
  const b = evaluated(grow(otherRun, [1, 1]), 2, 0.75);
  const [point, ...rest] = build([a, b], 'error').test;
  expect(rest).toEqual([]);
  expect(point).toMatchObject({ step: 2, y: 0.625 });
  expect(point!.std).toBeCloseTo(0.25 / Math.SQRT2, 12);
});

test('the gap is test error minus smoothed training error, at the evaluations alone', () => {
  const run = evaluated(grown([0.5, 0.25]), 2, 0.75);
  const trained = smooth([0.5, 0.25], 0.9)[1]!;
  const gap = build([run], 'gap', { smoothing: 0.9 });
  expect(gap.test.map(({ step, y }) => [step, y])).toEqual([[2, 0.75 - trained]]);
  expect(gap.values).toHaveLength(0);
});

test('marks stand at pauses and where the learning rate jumps, not along its slope', () => {
  const dropped = grow(paused(grow(emptyRun, [1, 1])), [1, 1], { rate: 0.01 });
  expect(build([dropped], 'error').marks).toEqual([
    { kind: 'rate', x: 3, rate: Math.fround(0.01) },
    { kind: 'pause', x: 2 },
  ]);
  const cosine = { ...dropped, config: { ...dropped.config, schedule: { type: 'cosine' as const } } };
  expect(build([cosine as Run], 'error').marks).toEqual([{ kind: 'pause', x: 2 }]);
});

test('the values of a sparse log stand at their own steps, on every axis that it has', () => {
  const series = (...values: number[]) => Series.empty.append(values);
  const log: Run = {
    ...emptyRun,
    config: null,
    loggedSteps: series(100, 200, 400),
    error: series(0.5, 0.4, 0.3),
    epoch: series(1, 2, 4),
    evaluations: [{ step: 300, images: null, complete: true, loss: NaN, error: 0.6, seconds: null }],
  };
  const byStep = build([log], 'error');
  expect([...byStep.x]).toEqual([100, 200, 400]);
  expect(byStep.test).toMatchObject([{ x: 300, y: 0.6 }]);
  expect([...build([log], 'error', { x: 'epoch' }).x]).toEqual([1, 2, 4]);
  expect(build([log], 'gap').test[0]!.y).toBeCloseTo(0.2);
  expect([...build([log], 'loss').x]).toEqual([]);
  expect(buildCurves([sourceOf(log)], 'error', { ...view, x: 'training' }).missing).toEqual([log.name]);
});

/** A log out of a file: cells that were empty are null. */
const logOf = (steps: readonly number[], columns: Partial<Record<'error' | 'loss' | 'learningRate' | 'epoch' | 'trainingSeconds', readonly (number | null)[]>>): Run => ({
  ...emptyRun,
  config: null,
  origin: 'file',
  loggedSteps: Series.empty.append(steps),
  ...Object.fromEntries(Object.entries(columns).map(([key, cells]) => [key, Series.empty.append(cells)])),
}); // prettier-ignore

test('a curve that is logged less often than its neighbour has its own steps, and smoothing goes by them', () => {
  const steps = Array.from({ length: 400 }, (_, i) => i + 1);
  const error = steps.map((step) => (step % 100 === 0 ? 1 - step / 1000 : null));
  const log = logOf(steps, { loss: steps.map(() => 2), error });
  const curve = build([log], 'error', { smoothing: 0.99 });
  expect([[...curve.steps], [...curve.values]]).toEqual([[100, 200, 300, 400], [0.9, 0.8, 0.7, 0.6]]); // prettier-ignore
  // As if each had been logged at every one of its hundred steps.
  const every = steps.map((step) => 1 - Math.ceil(step / 100) / 10);
  expect(curve.smoothed[3]).toBeCloseTo(smooth(every, 0.99)[399]!, 12);
  expect(build([log], 'loss').values).toHaveLength(400);
});

test('the gap of a rare log is that of the same log of every step', () => {
  const steps = Array.from({ length: 1000 }, (_, i) => i + 1);
  const level = (step: number) => 0.9 - 0.1 * Math.ceil(step / 250);
  const tested = (run: Run): Run => ({
    ...run,
    evaluations: [
      { step: 1000, images: null, complete: true, loss: null, error: 0.7, seconds: null },
      { step: 1100, images: null, complete: true, loss: 2, error: null, seconds: null },
    ],
  });
  const every = build([tested(logOf(steps, { error: steps.map(level) }))], 'gap', { smoothing: 0.99 });
  const rare = [250, 500, 750, 1000];
  const seldom = build([tested(logOf(rare, { error: rare.map(level) }))], 'gap', { smoothing: 0.99 });
  expect(seldom.test).toHaveLength(1);
  expect(seldom.test[0]!.y).toBeCloseTo(every.test[0]!.y, 12);
});

test('test curves leave out what was not logged, and keep a NaN that was', () => {
  const log: Run = {
    ...logOf([1, 2, 3], { error: [1, 1, 1] }),
    evaluations: [0.5, null, NaN, 0.25].map((error, i) => ({ step: i + 1, images: null, complete: true, loss: null, error, seconds: null })), // prettier-ignore
  };
  expect(build([log], 'error').test.map(({ step, y }) => [step, y])).toEqual([[1, 0.5], [3, NaN], [4, 0.25]]); // prettier-ignore
  expect(build([log], 'loss').test).toEqual([]);
});

test('places that a log says rarely are filled in between, from the start and beyond the end', () => {
  const log = logOf([10, 20, 30, 40], { error: [1, 1, 1, 1], epoch: [null, 1, null, 2], trainingSeconds: [5, NaN, 3, 20] }); // prettier-ignore
  expect([...build([log], 'error', { x: 'epoch' }).x]).toEqual([0.5, 1, 1.5, 2]);
  // A clock that was set back does not lead the line back.
  expect([...build([log], 'error', { x: 'training' }).x]).toEqual([5, 5, 5, 20]);
  const tested: Run = { ...log, evaluations: [{ step: 60, images: null, complete: true, loss: 1, error: 1, seconds: null }] }; // prettier-ignore
  expect(build([tested], 'error', { x: 'epoch' }).test[0]!.x).toBe(3);
  const none = logOf([10, 20], { error: [1, 1], epoch: [null, null] });
  expect(buildCurves([sourceOf(none)], 'error', { ...view, x: 'epoch' }).missing).toHaveLength(1);
});

test('a rate that is logged rarely is marked where it jumps; one that always jumps is told by its curve', () => {
  const log = logOf([1, 2, 3, 4], { error: [1, 1, 1, 1], learningRate: [0.1, null, 0.01, null] });
  expect(build([log], 'error').marks).toEqual([{ kind: 'rate', x: 3, rate: 0.01 }]);
  const steps = Array.from({ length: 500 }, (_, i) => i + 1);
  const wild = logOf(steps, { error: steps.map(() => 1), learningRate: steps.map((step) => step % 2) });
  expect(build([wild], 'error').marks).toEqual([]);
});

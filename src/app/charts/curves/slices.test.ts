import { expect, test } from 'vitest';
import { smooth } from '../../../insights/smooth.ts';
import { Series } from '../../state/series.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import { buildCurves } from './curves.ts';
import { verticalScale } from '../plot/ranges.ts';
import { deriveInSlices, undoneOf } from './slices.ts';
import { emptyRun, sourceOf } from '../testing/sources.ts';
import type { Curve, CurveView } from './curve.ts';

const ROWS = 200_000;
const view: CurveView = { smoothing: 0.9, x: 'step' };
const less: CurveView = { ...view, smoothing: 0.5 };
const values = Float64Array.from({ length: ROWS }, (_, i) => 0.5 + 0.4 * Math.sin(i / 999));
const steps = values.map((_, i) => 10 * (i + 1));
const long = () =>
  sourceOf({
    ...emptyRun,
    config: null,
    origin: 'file',
    loggedSteps: Series.empty.append(steps),
    error: Series.empty.append(values),
  });

/** Runs the slices by hand. */
function turns() {
  const waiting: (() => void)[] = [];
  const next = () => waiting.shift()?.();
  return { later: (slice: () => void) => void waiting.push(slice), next, waiting };
}

test('a long run is derived in many small slices, and then is what it would have been at once', () => {
  const sources = [long()];
  const { later, next, waiting } = turns();
  let done = 0;
  expect(undoneOf(sources, 'error', view)).toBe(3 * ROWS);
  deriveInSlices(sources, 'error', view, () => done++, later);
  let before = undoneOf(sources, 'error', view);
  for (let slice = 0; waiting.length > 0; slice++) {
    next();
    const now = undoneOf(sources, 'error', view);
    expect(before - now).toBeLessThanOrEqual(40_000);
    before = now;
    expect(slice).toBeLessThan(50);
  }
  expect([done, before]).toEqual([1, 0]);
  const [curve] = buildCurves(sources, 'error', view).curves;
  expect(curve!.smoothed).toEqual(smooth(values, 0.9, steps));
  // Another smoothing computes the smoothed line and its noise; the gap, and a rate that was not logged, nothing more.
  expect([undoneOf(sources, 'error', less), undoneOf(sources, 'rate', less)]).toEqual([2 * ROWS, 0]);
});

test('what is no longer wanted ends', () => {
  const { later, next, waiting } = turns();
  let done = 0;
  const end = deriveInSlices([long()], 'error', view, () => done++, later);
  next();
  end();
  while (waiting.length > 0) next();
  expect(done).toBe(0);
});

/** A log of few rows in which each curve stands: what is drawn of it has to be found first. */
function sparse(rows: number): CurveSource {
  const logged = (every: number, of: (step: number) => number) =>
    Series.empty.append(Array.from({ length: rows }, (_, i) => (i % every === 0 ? of(i + 1) : null)));
  return sourceOf({
    ...emptyRun,
    id: 'sparse',
    config: null,
    origin: 'file',
    error: logged(3, (step) => 1 / step),
    learningRate: logged(2, (step) => (step > rows / 2 ? 0.01 : 0.1)),
    epoch: logged(10, (step) => step / 100),
    evaluations: Array.from({ length: rows }, (_, i) => ({
      step: i + 1,
      images: null,
      complete: false,
      loss: null,
      error: (1 + (i % 7)) / 10,
      seconds: null,
    })),
  });
}

test.each(['error', 'gap', 'rate'] as const)(
  'what has to be found of a log in slices is what is found at once: %s',
  (quantity) => {
    const overEpochs: CurveView = { ...view, x: 'epoch' };
    const [sliced, atOnce] = [sparse(120_000), sparse(120_000)];
    const { later, next, waiting } = turns();
    let done = 0;
    deriveInSlices([sliced], quantity, overEpochs, () => done++, later);
    let slices = 0;
    for (; waiting.length > 0; slices++) next();
    expect([done, undoneOf([sliced], quantity, overEpochs)]).toEqual([1, 0]);
    // Hundreds of thousands of entries, values and tests, and none of it left for the drawing.
    expect(slices).toBeGreaterThan(8);
    const [curve] = buildCurves([sliced], quantity, overEpochs).curves;
    const [whole] = buildCurves([atOnce], quantity, overEpochs).curves;
    expect(JSON.stringify(curve)).toBe(JSON.stringify(whole));
    expect([curve!.values.length, curve!.test.length]).toEqual(
      { error: [40_000, 120_000], gap: [0, 120_000], rate: [60_000, 0] }[quantity],
    );
  },
);

test('the tests of a log of very many are counted among what is to be computed, and once only', () => {
  const source = sparse(50_000);
  const { later, next, waiting } = turns();
  // 50,000 entries to look through, of which 16,667 are values of two lines; 50,000 of rates; all tests.
  expect(undoneOf([source], 'error', view)).toBeGreaterThanOrEqual(2 * 50_000 + 2 * 16_667 + 50_000);
  let slices = 0;
  deriveInSlices([source], 'error', view, () => undefined, later);
  for (; waiting.length > 0; slices++) next();
  expect(slices).toBeGreaterThan(4);
  const [curve] = buildCurves([source], 'error', view).curves;
  // Another smoothing leaves the tests as they are; the gap is made of it.
  expect(undoneOf([source], 'error', less)).toBe(2 * 16_667);
  expect(buildCurves([source], 'error', less).curves[0]!.test).toBe(curve!.test);
  expect(undoneOf([source], 'gap', less)).toBeGreaterThanOrEqual(50_000);
});

test('the axis is fitted to the extremes of very many tests as to each of them', () => {
  const [curve] = buildCurves([sparse(10_000)], 'error', view).curves;
  const few: Curve = { ...curve!, test: [...curve!.test] };
  const fits = (from: number, to: number, one: Curve) =>
    verticalScale([one], 'error', { logY: false, ignoreOutliers: false }, { from, to, isLog: false }, { x: [from, to], y: null }); // prettier-ignore
  for (const [from, to] of [
    [0, 10_000],
    [17, 23],
    [4095.5, 4104],
    [9999, 20_000],
    [20_000, 30_000],
    [-5, 0],
  ] as const)
    // prettier-ignore
    expect(fits(from, to, curve!)).toEqual(fits(from, to, few));
});

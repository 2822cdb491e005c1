import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultChartView } from '../../state/chartView.ts';
import type { Run } from '../../state/run.ts';
import { buildCurves } from '../curves/curves.ts';
import type { ChartLayout } from './layout.ts';
import { drawnIndices } from './traceLines.ts';
import { horizontalScale, lastShown, verticalScale, visibleIndices } from './ranges.ts';
import { Series } from '../../state/series.ts';
import { ticksOf, type Scale } from './scales.ts';
import { emptyRun, grown, sourceOf } from '../testing/sources.ts';
import type { Quantity } from '../quantities.ts';

const all: Scale = { from: 0, to: 1e6, isLog: false };
const noZoom = { x: null, y: null };
const curvesOf = (runs: readonly Run[], quantity: Quantity) =>
  buildCurves(runs.map((run) => sourceOf(run)), quantity, { smoothing: 0, x: 'step' }).curves; // prettier-ignore
const range = (runs: readonly Run[], quantity: Quantity, change = {}) => {
  const { from, to } = verticalScale(curvesOf(runs, quantity), quantity, { ...defaultChartView, ...change }, all, noZoom).scale; // prettier-ignore
  return [from, to];
};

test('a short budget is shown whole, a long one as far as the curves need', () => {
  expect(lastShown(0, 'step', 300)).toBe(300);
  expect(lastShown(10, 'step', 64_000)).toBe(500);
  expect(lastShown(600, 'step', 64_000)).toBe(1000);
  expect(lastShown(64_000, 'step', 64_000)).toBe(64_000);
  expect(lastShown(7000, 'step', null)).toBe(8000);
  expect(lastShown(100, 'wall', 300)).toBe(120);
});

test('the range of the error axis opens downwards in tens and never closes above the half', () => {
  expect(range([], 'error')).toEqual([0.5, 1]);
  expect(range([grown([0.31])], 'error')[0]).toBeCloseTo(0.2);
});

test('no range breaks where nothing is finite', () => {
  expect(range([grown([NaN])], 'loss')).toEqual([1, 2.5]);
  expect(range([emptyRun], 'speed')).toEqual([0, 1000]);
  for (const quantity of ['error', 'loss', 'gap', 'speed', 'rate'] as const) {
    for (const logY of [false, true]) {
      const [from, to] = range([grown([NaN, 0])], quantity, { logY, ignoreOutliers: true });
      expect(to! - from!).toBeGreaterThan(0);
      expect(Number.isFinite(from! + to!)).toBe(true);
    }
  }
});

test('without outliers the range holds the rest, and says that something lies outside', () => {
  const values = Array.from({ length: 200 }, (_, i) => 1 + (i % 10) / 10);
  const curves = curvesOf([grown(values.with(50, 40))], 'loss');
  const view = { ...defaultChartView, ignoreOutliers: true };
  const { scale, above, below } = verticalScale(curves, 'loss', view, all, noZoom);
  expect(scale.to).toBeLessThan(2.2);
  expect(scale.to).toBeGreaterThan(1.8);
  expect([above, below]).toEqual([true, expect.any(Boolean)]);
});

test('a few huge losses leave the axis to the others; it says so, and lines that stretch it are reached on any', () => {
  const values = Array.from({ length: 200 }, () => 2);
  const spiked = curvesOf([grown(values.with(0, 40).with(1, 9))], 'loss');
  for (const zoom of [noZoom, { x: [0, 100], y: null } as const]) {
    const { scale, above } = verticalScale(spiked, 'loss', defaultChartView, all, zoom);
    expect(scale.to).toBeLessThanOrEqual(2.5);
    expect(above).toBe(true);
  }
  const view = { ...defaultChartView, logY: true };
  const paper = [{ value: 0.07, stretches: true }];
  const { from } = verticalScale(curvesOf([grown([0.6, 0.5])], 'error'), 'error', view, all, noZoom, paper).scale; // prettier-ignore
  expect(from).toBeLessThan(0.07);
});

test('a logarithmic axis begins above zero, across and upwards', () => {
  const curves = curvesOf([grown([0, 0.5, 1])], 'error');
  const x = horizontalScale(curves, { x: 'step', logX: true }, 300, null);
  expect(x).toEqual({ from: 1, to: 300, isLog: true });
  const { scale } = verticalScale(curves, 'error', { ...defaultChartView, logY: true }, x, noZoom);
  expect(scale.from).toBeGreaterThan(0);
});

test('a zoomed axis shows what was asked for, and the values fit into what is in sight', () => {
  const curves = curvesOf([grown(Array.from({ length: 100 }, (_, i) => i / 100))], 'error');
  const x = horizontalScale(curves, defaultChartView, 300, [40, 60]);
  expect([x.from, x.to]).toEqual([40, 60]);
  expect(visibleIndices(curves[0]!, x)).toEqual([39, 60]);
  const { scale } = verticalScale(curves, 'error', defaultChartView, x, { x: [40, 60], y: null });
  expect(scale.from).toBeGreaterThan(0.35);
  expect(scale.to).toBeLessThan(0.65);
});

test('what is drawn of a zoomed line never loses the extremes or the last value in sight', () => {
  const values = Array.from({ length: 20_000 }, (_, i) => Math.fround(Math.sin(i * i)));
  const [curve] = curvesOf([grown(values)], 'error');
  const stretch = fc.tuple(
    fc.integer({ min: 1, max: 19_000 }),
    fc.integer({ min: 2, max: 20_000 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(stretch, ([from, length, isLog]) => {
      const x: Scale = { from, to: Math.min(20_000, from + length), isLog };
      const layout: ChartLayout = { width: 800, height: 300, left: 46, right: 120, top: 10, bottom: 26, x, y: { from: -1, to: 1, isLog: false } }; // prettier-ignore
      const kept = drawnIndices(curve!, 'smoothed', layout);
      const seen = values.slice(from - 1, x.to);
      const shown = kept.filter((i) => i >= from - 1 && i < x.to).map((i) => values[i]!);
      expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...seen), Math.max(...seen)]);
      expect(kept).toContain(x.to - 1);
      expect(kept.length).toBeLessThan(3000);
    }),
    { numRuns: 40 },
  );
});

const losses = (values: readonly number[]) => range([grown(values)], 'loss');

test('losses of another kind are seen: far above ours, below 0, tiny, or all the same', () => {
  expect(losses([123456, 120000, 110000])[1]).toBeGreaterThanOrEqual(123456);
  const [from, to] = losses([2, 1, -1, -4]);
  expect([from! <= -4, to! >= 2]).toEqual([true, true]);
  expect(losses([-3, -3])).toEqual([-4, 0]);
  for (const values of [[0.5, 0.5], [1e-7, 1e-7], [1.9], [0, 0]]) {
    const [low, high] = losses(values);
    expect([low! <= values[0]!, high! >= values[0]!, high! > low!]).toEqual([true, true, true]);
  }
});

test('a few absurd values do not take the axis: the others keep it, and it is said that some lie outside', () => {
  const usual = Array.from({ length: 100 }, (_, i) => 2 - i / 100);
  for (const absurd of [1e30, -1e30, 3e38]) {
    const curves = curvesOf([grown(usual.with(50, absurd))], 'loss');
    const { scale, above, below } = verticalScale(curves, 'loss', defaultChartView, all, noZoom);
    expect([scale.from, scale.to]).toEqual([absurd < 0 ? 0 : 0.5, 2.5]);
    expect([above, below]).toEqual([absurd > 0, absurd < 0]);
  }
});

test('whatever finite values there are, every axis is a stretch of numbers', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom(0, 1e30, -1e30, 1.7e308, 5e-324, NaN, Infinity),
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 30 }),
      fc.boolean(),
      fc.boolean(),
      (values, logY, ignoreOutliers) => {
        const run = { ...emptyRun, error: Series.empty.append(values), loss: Series.empty.append(values), learningRate: Series.empty.append(values), wallSeconds: Series.empty }; // prettier-ignore
        for (const quantity of ['error', 'loss', 'rate', 'speed', 'gap'] as const) {
          const [from, to] = range([run], quantity, { logY, ignoreOutliers });
          expect(Number.isFinite(from! + to!)).toBe(true);
          expect(to!).toBeGreaterThan(from!);
          expect(ticksOf({ from: from!, to: to!, isLog: false }, 6).length).toBeLessThan(20);
        }
      },
    ),
  );
});

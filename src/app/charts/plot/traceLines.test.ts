import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Series } from '../../state/series.ts';
import { buildCurves } from '../curves/curves.ts';
import type { ChartLayout } from './layout.ts';
import { drawnTests, needsMarkers, placesAlong, traceEnvelope, traceLine, traceTest } from './traceLines.ts';
import { emptyRun, sourceOf } from '../testing/sources.ts';
import type { Curve } from '../curves/curve.ts';

const layout = (to: number): ChartLayout => ({
  width: 1007, height: 100, left: 0, right: 0, top: 0, bottom: 0,
  x: { from: 0, to, isLog: false }, y: { from: 0, to: 2, isLog: false },
}); // prettier-ignore

/** A log with these losses at these steps; null where the cell was empty. */
function curveOf(cells: readonly (number | null)[], steps = cells.map((_, i) => i + 1)): Curve {
  const run = {
    ...emptyRun,
    config: null,
    origin: 'file' as const,
    loggedSteps: Series.empty.append(steps),
    loss: Series.empty.append(cells),
  };
  return buildCurves([sourceOf(run)], 'loss', { smoothing: 0.9, x: 'step' }).curves[0]!;
}

/** Each line as the number of its points, and where the dots are. */
function traced(curve: Curve, to: number) {
  const lines: number[] = [];
  const dots: number[] = [];
  const pen = { moveTo: () => void lines.push(1), lineTo: () => (lines[lines.length - 1]! += 1) };
  traceLine(curve, 'smoothed', layout(to), pen, (x) => dots.push(Math.round((x / 1000) * to)));
  return { lines, dots };
}

test('one value is a dot', () => {
  expect(traced(curveOf([1.9], [50]), 500)).toEqual({ lines: [], dots: [50] });
});

test('numbers between NaNs are dots, each for itself', () => {
  const cells = Array.from({ length: 50 }, (_, i) => ((i + 1) % 5 === 0 ? 1 : NaN));
  const { lines, dots } = traced(curveOf(cells), 500);
  expect(lines).toEqual([]);
  expect(dots).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
});

test('what is logged rarely beside another curve is one line', () => {
  const cells = Array.from({ length: 50 }, (_, i) => ((i + 1) % 5 === 0 ? 1 : null));
  expect(traced(curveOf(cells), 500)).toEqual({ lines: [10], dots: [] });
});

test('a NaN breaks a line, an empty cell does not', () => {
  expect(traced(curveOf([1, 1, NaN, 1, null, 1, 1, NaN, 1]), 500)).toEqual({ lines: [2, 3], dots: [9] });
  expect(traced(curveOf([null, null]), 500)).toEqual({ lines: [], dots: [] });
  expect(traced(curveOf([]), 500)).toEqual({ lines: [], dots: [] });
});

test('whatever was logged, every finite value is on a line or a dot, and no empty cell is', () => {
  const cell = fc.constantFrom(1, 0.5, NaN, Infinity, null);
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      const { lines, dots } = traced(curveOf(cells), 100);
      const drawn = lines.reduce((sum, points) => sum + points, 0) + dots.length;
      expect(drawn).toBe(cells.filter((value) => value !== null && Number.isFinite(value)).length);
      expect(lines.every((points) => points > 1)).toBe(true);
    }),
  );
});

test('the space between the batches is not filled where they were no numbers', () => {
  const cells = Array.from({ length: 3000 }, (_, i) => (i > 1000 && i < 2000 ? NaN : i % 2));
  const outlines: number[] = [];
  traceEnvelope(curveOf(cells), layout(3000), { moveTo: (x) => void outlines.push(x), lineTo: () => undefined }); // prettier-ignore
  expect(outlines).toHaveLength(2);
});

test('of very many tests a few for each pixel are drawn: neither the extremes nor the ends are lost', () => {
  const test = Array.from({ length: 100_000 }, (_, i) => ({ step: i + 1, x: i + 1, y: i === 777 ? 1.9 : Math.sin(i), images: 500, std: null })); // prettier-ignore
  const curve = { ...curveOf([1]), test };
  const drawn = drawnTests(curve, layout(100_000));
  expect(drawn.length).toBeLessThan(4010);
  expect([drawn[0], drawn.at(-1)]).toEqual([test[0], test.at(-1)]);
  expect(drawn).toContain(test[777]);
  expect(drawn.every(({ x }, i) => i === 0 || x > drawn[i - 1]!.x)).toBe(true);
  expect(drawnTests({ ...curve, test: test.slice(0, 900) }, layout(1000))).toHaveLength(900);
});

test('lines that colour does not tell apart get markers along them, at places of the chart', () => {
  const style = (hue: 'plain' | 'residual', tone: number) => ({ hue, tone, marker: 'circle' as const });
  const line = (hue: 'plain' | 'residual', tone: number) => ({ ...curveOf([1, 1, 1], [1, 500, 1000]), style: style(hue, tone) }); // prettier-ignore
  const two = [line('plain', 0), line('plain', 3)];
  expect(two.map((curve) => needsMarkers(curve, two))).toEqual([false, false]);
  const three = [...two, line('plain', 4), line('residual', 1)];
  expect(three.map((curve) => needsMarkers(curve, three))).toEqual([true, true, true, false]);
  const same = [line('plain', 2), line('plain', 2)];
  expect(needsMarkers(same[0]!, same)).toBe(true);
  const [along, shifted] = [0, 0.5].map((shift) => placesAlong(two[0]!, layout(1000), shift));
  expect(along!.length).toBeGreaterThan(5);
  expect(along!.every(({ y }) => y === 50)).toBe(true);
  expect(along!.some(({ x }) => shifted!.some((other) => Math.abs(other.x - x) < 10))).toBe(false);
});

test('a line joins tests on as many images, and leaves one on more apart', () => {
  const moves: number[] = [];
  const tests = [500, 500, 500, 10_000].map((images, i) => ({ step: i, x: i, y: 0.5, images, std: null }));
  traceTest({ ...curveOf([1]), test: tests }, layout(1000), () => 0, {
    moveTo: (x) => void moves.push(x),
    lineTo: () => undefined,
  });
  expect(moves).toHaveLength(2);
});

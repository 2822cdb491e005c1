import { expect, test } from 'vitest';
import { smooth } from '../../../insights/smooth.ts';
import { Series } from '../../store/series.ts';
import { buildCurves } from './curves.ts';
import { deriveInSlices, undoneOf } from './slices.ts';
import { emptyRun, sourceOf } from './testing/sources.ts';

const ROWS = 200_000;
const values = Float64Array.from({ length: ROWS }, (_, i) => 0.5 + 0.4 * Math.sin(i / 999));
const steps = values.map((_, i) => 10 * (i + 1));
const long = () =>
  sourceOf({
    ...emptyRun,
    config: null,
    imported: true,
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
  expect(undoneOf(sources, 'error', 0.9)).toBe(2 * ROWS);
  deriveInSlices(sources, 'error', 0.9, () => done++, later);
  let before = undoneOf(sources, 'error', 0.9);
  for (let slice = 0; waiting.length > 0; slice++) {
    next();
    const now = undoneOf(sources, 'error', 0.9);
    expect(before - now).toBeLessThanOrEqual(40_000);
    before = now;
    expect(slice).toBeLessThan(50);
  }
  expect([done, before]).toEqual([1, 0]);
  const [curve] = buildCurves(sources, 'error', { smoothing: 0.9, x: 'step' }).curves;
  expect(curve!.smoothed).toEqual(smooth(values, 0.9, steps));
  // Another smoothing computes the smoothed line alone; the gap, and a rate that was not logged, nothing more.
  expect([undoneOf(sources, 'error', 0.5), undoneOf(sources, 'rate', 0.5)]).toEqual([ROWS, 0]);
});

test('what is no longer wanted ends', () => {
  const { later, next, waiting } = turns();
  let done = 0;
  const end = deriveInSlices([long()], 'error', 0.9, () => done++, later);
  next();
  end();
  while (waiting.length > 0) next();
  expect(done).toBe(0);
});

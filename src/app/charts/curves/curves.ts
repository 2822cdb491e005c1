/** From the sources to what a chart draws: lines over the chosen axis, test points, marks, and where each line ends. */
import { Extrema } from '../../../insights/extrema.ts';
import type { CurveSource } from '../sources/curveSources.ts';
import { meanError } from '../../runs/meanError.ts';
import type { Run } from '../../state/run.ts';
import { average, noiseOf, type Averaged } from './derive.ts';
import { marksOf } from './marks.ts';
import { placesOf } from './places.ts';
import { rowsOf, stepsOf, type Rows, type SeriesKey } from './rows.ts';
import { lastIndexUpTo } from './steps.ts';
import { testPoints } from './testPoints.ts';
import type { Curve, CurveView, EndPoint, Point } from './curve.ts';
import { quantityRow, type Quantity, type QuantityRow } from '../quantities.ts';

export interface Curves {
  readonly curves: readonly Curve[];
  /** Names of sources that cannot be drawn over this axis: it was not recorded with them. */
  readonly missing: readonly string[];
}

type Runs = CurveSource['runs'];

/** The curves of one quantity. */
export function buildCurves(sources: readonly CurveSource[], quantity: Quantity, view: CurveView): Curves {
  const curves: Curve[] = [];
  const missing: string[] = [];
  for (const source of sources) {
    const curve = buildCurve(source, quantity, view);
    if (curve) curves.push(curve);
    else missing.push(source.name);
  }
  return { curves, missing };
}

const built = new WeakMap<CurveSource, Map<Quantity, Built>>();

interface Built extends CurveView {
  readonly curve: Curve | null;
}

/** Of a source that stays as it is, as one out of a file does, the curve stays too. */
function buildCurve(source: CurveSource, quantity: Quantity, { smoothing, x }: CurveView): Curve | null {
  let known = built.get(source);
  if (!known) built.set(source, (known = new Map<Quantity, Built>()));
  const before = known.get(quantity);
  if (before?.smoothing === smoothing && before.x === x) return before.curve;
  const curve = makeCurve(source, quantity, { smoothing, x });
  known.set(quantity, { smoothing, x, curve });
  return curve;
}

function makeCurve(source: CurveSource, quantity: Quantity, { smoothing, x: axis }: CurveView): Curve | null {
  const { id, lane, name, style, faint, runs } = source;
  const places = placesOf(runs, axis);
  if (!places) return null;
  const { line } = quantityRow(quantity);
  const isSmoothed = line?.per === 'step' && line.smoothed;
  const { steps, recorded, drawn, noise } = lineOf(runs, line, smoothing);
  const x = places.all(steps);
  const test = testPoints(runs, quantity, { smoothing, x: axis });
  const last = lastFinite(x, drawn.values);
  const trained = toldError(runs, line) ?? last?.y ?? null;
  const [run] = runs;
  const divergedAt = isSmoothed && runs.length === 1 ? (run.end?.divergedAt ?? null) : null;
  return {
    id,
    lane,
    name,
    style,
    faint,
    runs: runs.length,
    steps,
    x,
    values: recorded.values,
    smoothed: drawn.values,
    std: drawn.std,
    noise,
    rawExtrema: isSmoothed ? recorded.extrema : null,
    extrema: drawn.extrema,
    test,
    end: endOf(test) ?? (last && { ...last, value: trained ?? last.y }),
    trained,
    divergedAt: divergedAt === null ? null : places.of(divergedAt),
    marks: isSmoothed ? marksOf(run, places.of) : [],
  };
}

interface LineOf {
  readonly steps: Float64Array;
  readonly recorded: Averaged;
  readonly drawn: Averaged;
  readonly noise: Float64Array | null;
}

function lineOf(runs: Runs, line: QuantityRow['line'], smoothing: number): LineOf {
  const same = (steps: Float64Array, drawn: Averaged): LineOf => ({
    steps,
    recorded: drawn,
    drawn,
    noise: null,
  });
  if (line === null) return same(noNumbers, { values: noNumbers, extrema: new Extrema(), std: null });
  if (line.per === 'pack') {
    const [{ imagesPerSecond, speedSteps }] = runs;
    const { origin, values } = imagesPerSecond;
    const rows: Rows = { origin, values, steps: speedSteps.values };
    return runs.length === 1 ? same(speedSteps.values, average([rows], null)) : meanSpeed(runs);
  }
  const rows = allRows(runs, line.series);
  const recorded = average(rows, null);
  const steps = stepsTo(rows, recorded);
  if (!line.smoothed) return same(steps, recorded);
  const noise = rows.length === 1 ? noiseOf(rows[0], smoothing) : null;
  return { steps, recorded, drawn: average(rows, smoothing), noise };
}

/** Runs that share a line have a row for each step. */
const stepsTo = ([first]: readonly [Rows, ...Rows[]], { values }: Averaged): Float64Array =>
  stepsOf(first).subarray(0, values.length);

const noNumbers = new Float64Array(0);

const allRows = ([first, ...rest]: Runs, key: SeriesKey): readonly [Rows, ...Rows[]] => [
  rowsOf(first, key),
  ...rest.map((run) => rowsOf(run, key)),
];

/** Packs of several runs end at different steps: at those of the first, the mean of the speeds then. */
function meanSpeed(runs: Runs): LineOf {
  const last = Math.min(...runs.map((run) => run.speedSteps.last ?? 0));
  const steps = runs[0].speedSteps.values.filter((step) => step <= last);
  const at = (run: Run, step: number) => {
    const packs = run.speedSteps.values;
    return run.imagesPerSecond.at(Math.min(lastIndexUpTo(packs, step - 1) + 1, packs.length - 1)) ?? NaN;
  };
  const values = steps.map((step) => runs.reduce((sum, run) => sum + at(run, step), 0) / runs.length);
  const line = { values, extrema: new Extrema().extend(values), std: null };
  return { steps, recorded: line, drawn: line, noise: null };
}

/** The training error as chips, table and verdict have it, of several runs their mean; null of other quantities, and where a run has none. */
function toldError(runs: Runs, line: QuantityRow['line']): number | null {
  if (line?.per !== 'step' || line.series !== 'error') return null;
  const errors = runs.map((run) => meanError(run) ?? NaN);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return Number.isFinite(mean) ? mean : null;
}

function endOf(test: readonly Point[]): EndPoint | null {
  const last = test.findLast(({ y }) => Number.isFinite(y));
  return last ? { x: last.x, y: last.y, value: last.y, split: 'test' } : null;
}

function lastFinite(x: Float64Array, values: Float64Array): (Point & { readonly split: 'training' }) | null {
  for (let i = values.length - 1; i >= 0; i--) {
    if (Number.isFinite(values[i])) return { x: x[i]!, y: values[i]!, split: 'training' };
  }
  return null;
}

/** Where the curve's knowledge ends on the axis. */
export const lastPlaceOf = (curve: Curve): number =>
  Math.max(curve.x[curve.x.length - 1] ?? 0, curve.test.at(-1)?.x ?? 0);

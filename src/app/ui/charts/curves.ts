/** From the sources to what a chart draws: lines over the chosen axis, test points, marks, and where each line ends. */
import { Extrema } from '../../../insights/extrema.ts';
import type { View } from '../../store/appStore.ts';
import type { XAxis } from '../../store/chartView.ts';
import type { CurveSource } from '../../store/curveSources.ts';
import type { LaneStyle } from '../../store/laneStyles.ts';
import type { Run } from '../../store/run.ts';
import type { Series } from '../../store/series.ts';
import { average, stepsUpTo, type Averaged } from './derive.ts';
import { marksOf, type Mark } from './marks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A value on the test images; of several runs their mean and standard deviation. */
export interface TestPoint extends Point {
  readonly step: number;
  readonly deviation: number | null;
}

/** `gap`: test error minus smoothed training error, at each evaluation. */
export type Quantity = 'error' | 'loss' | 'speed' | 'rate' | 'gap';

/** One line in one chart. */
export interface Curve {
  readonly id: string;
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Drawn faintly, behind the runs of this page. */
  readonly faint: boolean;
  /** Runs that it is the mean of. */
  readonly runs: number;
  /** Of each value: its step, its place on the axis, as recorded, as drawn. */
  readonly steps: Float64Array;
  readonly x: Float64Array;
  readonly values: Float64Array;
  readonly smoothed: Float64Array;
  /** Standard deviation of the smoothed runs around their mean. */
  readonly deviation: Float64Array | null;
  /** What to draw of `values`, null if nothing, and of `smoothed`. */
  readonly rawExtrema: Extrema | null;
  readonly extrema: Extrema;
  readonly test: readonly TestPoint[];
  /** The last value by which its end is labelled: test if there is one, else training. */
  readonly end: Point | null;
  /** The place of the step whose loss was no number. */
  readonly divergedAt: number | null;
  readonly marks: readonly Mark[];
}

export interface Curves {
  readonly curves: readonly Curve[];
  /** Names of sources that cannot be drawn over this axis: it was not recorded with them. */
  readonly missing: readonly string[];
}

type Runs = CurveSource['runs'];
export type CurveView = Pick<View, 'smoothing' | 'x'>;

/** The curves of one quantity. Speed, rate and gap are not smoothed. */
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

function buildCurve(
  source: CurveSource,
  quantity: Quantity,
  { smoothing, x: axis }: CurveView,
): Curve | null {
  const { id, lane, name, style, faint, runs } = source;
  const places = placesOf(runs, axis);
  if (!places) return null;
  const isSmoothed = quantity === 'error' || quantity === 'loss';
  const { steps, recorded, drawn } = lineOf(runs, quantity, smoothing);
  const x = placed(steps, places, runs[0].loggedSteps);
  const test = testPoints(runs, quantity, smoothing, places);
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
    deviation: drawn.deviation,
    rawExtrema: isSmoothed ? recorded.extrema : null,
    extrema: drawn.extrema,
    test,
    end: test.findLast(({ y }) => Number.isFinite(y)) ?? lastFinite(x, drawn.values),
    divergedAt: divergedAt === null ? null : places.of(divergedAt),
    marks: isSmoothed ? marksOf(run, places.of) : [],
  };
}

interface Places {
  /** Of each entry of a series, in order. */
  readonly all: Float64Array;
  /** Of any step; between logged steps, and beyond them, as near as is known. */
  readonly of: (step: number) => number;
}

/** Where steps lie on the axis; null if that was not recorded. */
function placesOf(runs: Runs, axis: XAxis): Places | null {
  const [{ loggedSteps }] = runs;
  const key = ({ step: null, epoch: 'epoch', training: 'trainingSeconds', wall: 'wallSeconds' } as const)[
    axis
  ];
  if (key === null) {
    const all = loggedSteps?.values ?? stepsUpTo(Math.max(...runs.map((run) => run.error.length)));
    return { all, of: (step) => step };
  }
  if (runs.some((run) => run[key].length < (run.loggedSteps ?? run.error).length)) return null;
  const all = average(seriesOf(runs, key), null).values;
  const indexOf = (step: number) =>
    loggedSteps ? Math.max(0, lastIndexUpTo(loggedSteps.values, step)) : Math.min(step, all.length) - 1;
  return { all, of: (step) => (step <= 0 ? 0 : (all[indexOf(step)] ?? 0)) };
}

/** The places of all entries where `steps` are those of the first of them, so that nothing is copied. */
function placed(steps: Float64Array, { all, of }: Places, logged: Series | null): Float64Array {
  const isPrefix = steps[steps.length - 1] === (logged?.at(steps.length - 1) ?? steps.length);
  return steps.length === 0 || isPrefix ? all.subarray(0, steps.length) : steps.map(of);
}

interface LineOf {
  readonly steps: Float64Array;
  readonly recorded: Averaged;
  readonly drawn: Averaged;
}

function lineOf(runs: Runs, quantity: Quantity, smoothing: number): LineOf {
  const same = (steps: Float64Array, line: Averaged): LineOf => ({ steps, recorded: line, drawn: line });
  switch (quantity) {
    case 'error':
    case 'loss': {
      const series = seriesOf(runs, quantity);
      const recorded = average(series, null);
      const steps = stepsOf(runs, recorded.values.length);
      return { steps, recorded, drawn: average(series, smoothing) };
    }
    case 'rate': {
      const rates = average(seriesOf(runs, 'learningRate'), null);
      return same(stepsOf(runs, rates.values.length), rates);
    }
    case 'speed':
      return runs.length === 1
        ? same(runs[0].speedSteps.values, average([runs[0].imagesPerSecond], null))
        : meanSpeed(runs);
    case 'gap':
      return same(noNumbers, { values: noNumbers, extrema: new Extrema(), deviation: null });
  }
}

/** The steps of a series' entries. Runs that share a line have an entry for each step. */
const stepsOf = ([{ loggedSteps }]: Runs, length: number): Float64Array =>
  loggedSteps?.values.subarray(0, length) ?? stepsUpTo(length);

const noNumbers = new Float64Array(0);

const seriesOf = (
  [first, ...rest]: Runs,
  key: 'error' | 'loss' | 'learningRate' | 'epoch' | 'trainingSeconds' | 'wallSeconds',
): readonly [Series, ...Series[]] => [first[key], ...rest.map((run) => run[key])];

/** Packs of several runs end at different steps: at those of the first, the mean of the speeds then. */
function meanSpeed(runs: Runs): LineOf {
  const last = Math.min(...runs.map((run) => run.speedSteps.last ?? 0));
  const steps = runs[0].speedSteps.values.filter((step) => step <= last);
  const at = (run: Run, step: number) => {
    const packs = run.speedSteps.values;
    return run.imagesPerSecond.at(Math.min(lastIndexUpTo(packs, step - 1) + 1, packs.length - 1)) ?? NaN;
  };
  const values = steps.map((step) => runs.reduce((sum, run) => sum + at(run, step), 0) / runs.length);
  const line = { values, extrema: new Extrema().extend(values), deviation: null };
  return { steps, recorded: line, drawn: line };
}

function testPoints(runs: Runs, quantity: Quantity, smoothing: number, places: Places): readonly TestPoint[] {
  if (quantity === 'speed' || quantity === 'rate') return [];
  const key = quantity === 'loss' ? 'loss' : 'error';
  const training = runs.map((run) => (quantity === 'gap' ? average([run.error], smoothing).values : null));
  const trainedAt = (run: Run, index: number, step: number) => {
    const entry = run.loggedSteps ? lastIndexUpTo(run.loggedSteps.values, step) : step - 1;
    return training[index] ? (training[index][entry] ?? NaN) : 0;
  };
  const valueOf = (run: Run, index: number, step: number) => {
    const tested = run.evaluations.find((evaluation) => evaluation.step === step)?.[key] ?? NaN;
    return tested - trainedAt(run, index, step);
  };
  const [first, ...others] = runs;
  const asked = others.map((run) => new Set(run.evaluations.map((evaluation) => evaluation.step)));
  return first.evaluations
    .filter(({ step }) => asked.every((steps) => steps.has(step)))
    .map((evaluation) => {
      const { step } = evaluation;
      const x = places.of(step);
      if (runs.length === 1) {
        return { step, x, y: evaluation[key] - trainedAt(first, 0, step), deviation: null };
      }
      const values = runs.map((run, i) => valueOf(run, i, step));
      const y = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - y) ** 2, 0);
      return { step, x, y, deviation: Math.sqrt(squares / (values.length - 1)) };
    })
    .filter(({ y }) => quantity !== 'gap' || Number.isFinite(y));
}

function lastFinite(x: Float64Array, values: Float64Array): Point | null {
  for (let i = values.length - 1; i >= 0; i--) {
    if (Number.isFinite(values[i])) return { x: x[i]!, y: values[i]! };
  }
  return null;
}

/** Where the curve's knowledge ends on the axis. */
export const lastPlaceOf = (curve: Curve): number =>
  Math.max(curve.x[curve.x.length - 1] ?? 0, curve.test.at(-1)?.x ?? 0);

/** The index of the last of ascending `places` that is not beyond `place`; -1 if all are. */
export function lastIndexUpTo(places: ArrayLike<number>, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** From runs to what a chart draws: lines of few enough points, their last values, and the range that shows them. */
import { decimate } from '../../../insights/decimate.ts';
import { smooth } from '../../../insights/smooth.ts';
import { guessing } from './guessing.ts';
import type { CurveSource } from '../../store/curveSources.ts';
import type { View } from '../../store/appStore.ts';
import type { LaneStyle } from '../../store/laneStyles.ts';
import type { Run } from '../../store/run.ts';
import { niceStep } from './scales.ts';

/** Points that a line is drawn with at most. */
const MOST_POINTS = 400;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Quantity = 'error' | 'loss' | 'speed';

/** One lane in one chart. */
export interface Curve {
  readonly id: string;
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Steps of `values`. */
  readonly steps: ArrayLike<number>;
  /** As recorded. */
  readonly values: Float64Array;
  readonly smoothed: Float64Array;
  readonly test: readonly Point[];
  readonly lines: { readonly raw: readonly Point[]; readonly smoothed: readonly Point[] };
  /** The last value by which its end is labelled: test if there is one, else training. */
  readonly end: Point | null;
  readonly divergedAt: number | null;
  /** Drawn faintly, behind the runs of this page: it was recorded elsewhere. */
  readonly faint: boolean;
}

/** The curves of one quantity. `smoothing` in [0, 1) is not applied to the speed. */
export function buildCurves(
  sources: readonly CurveSource[],
  quantity: Quantity,
  { smoothing }: Pick<View, 'smoothing'>,
): readonly Curve[] {
  return sources.map((source) => {
    const [run] = source.runs;
    const values = { error: run.error, loss: run.loss, speed: run.imagesPerSecond }[quantity].values;
    const steps =
      quantity === 'speed'
        ? run.speedSteps.values
        : Float64Array.from({ length: values.length }, (_, i) => i + 1);
    const smoothed = quantity === 'speed' ? values : smooth(values, smoothing);
    const test = quantity === 'speed' ? noPoints : testPoints(run, quantity);
    const pick = (series: Float64Array): readonly Point[] =>
      Array.from(decimate(series, MOST_POINTS), (i) => ({ x: steps[i]!, y: series[i]! }));
    const last = lastFinite(steps, smoothed);
    const lastTest = test.at(-1) ?? null;
    return {
      id: source.id,
      lane: source.lane,
      name: source.name,
      style: source.style,
      steps,
      values,
      smoothed,
      test,
      lines: { raw: quantity === 'speed' ? [] : pick(values), smoothed: pick(smoothed) },
      end: lastTest ?? last,
      divergedAt: run.end?.divergedAt ?? null,
      faint: source.faint,
    };
  });
}

/** The points of a run's evaluations: the same array as long as there is no new one, so that it need not be redrawn. */
function testPoints({ evaluations }: Run, quantity: 'error' | 'loss'): readonly Point[] {
  let known = drawnEvaluations.get(evaluations);
  if (!known) {
    const points = (key: 'error' | 'loss') => evaluations.map((one) => ({ x: one.step, y: one[key] }));
    known = { error: points('error'), loss: points('loss') };
    drawnEvaluations.set(evaluations, known);
  }
  return known[quantity];
}

const drawnEvaluations = new WeakMap<Run['evaluations'], Record<'error' | 'loss', readonly Point[]>>();
const noPoints: readonly Point[] = [];

function lastFinite(steps: ArrayLike<number>, values: Float64Array): Point | null {
  for (let i = values.length - 1; i >= 0; i--) {
    if (Number.isFinite(values[i])) return { x: steps[i]!, y: values[i]! };
  }
  return null;
}

/** The last step of which a curve knows anything. */
export const lastStepOf = (curve: Curve): number =>
  Math.max(curve.steps[curve.steps.length - 1] ?? 0, curve.test.at(-1)?.x ?? 0);

/** The range of the vertical axis. It grows in wide steps, so that it rarely moves while curves are drawn. */
export function verticalRange(curves: readonly Curve[], quantity: Quantity): readonly [number, number] {
  const shown = curves.flatMap((curve) => [...curve.lines.smoothed, ...curve.test].map((point) => point.y));
  const finite = shown.filter(Number.isFinite);
  const least = Math.min(Infinity, ...finite);
  const most = Math.max(-Infinity, ...finite);
  switch (quantity) {
    case 'error':
      return [Math.max(0, Math.min(0.5, 0.1 * Math.floor(10 * (least - 0.02)))), 1];
    case 'loss': {
      const floor = Math.max(0, Math.min(1, 0.5 * Math.floor(2 * (least - 0.05))));
      // A first step of a deep net, or running statistics that lag, can be far above what is worth seeing.
      const ceiling = Math.min(2 * guessing.loss, Math.max(2.5, 0.5 * Math.ceil(2 * most)));
      return [Number.isFinite(floor) ? floor : 1, ceiling];
    }
    case 'speed': {
      if (finite.length === 0) return [0, 1000];
      const step = niceStep(most * 1.1, 4);
      return [0, step * Math.ceil((most * 1.05) / step)];
    }
  }
}

/** What one lane shows at a step. */
export interface ReadingRow {
  readonly curve: Curve;
  readonly smoothed: number | null;
  readonly raw: number | null;
  /** The last evaluation up to the step. */
  readonly test: Point | null;
}

/** Every lane's values at a step, the highest first, as the lines lie on the chart. */
export function readCurves(curves: readonly Curve[], step: number): readonly ReadingRow[] {
  const rows = curves.map((curve): ReadingRow => {
    const index = lastIndexUpTo(curve.steps, step);
    const beyond = index < 0 || step > (curve.steps[curve.steps.length - 1] ?? 0);
    return {
      curve,
      smoothed: beyond ? null : curve.smoothed[index]!,
      raw: beyond ? null : curve.values[index]!,
      test: curve.test.findLast((point) => point.x <= step) ?? null,
    };
  });
  const height = (row: ReadingRow) => row.smoothed ?? row.test?.y ?? -Infinity;
  return rows.sort((a, b) => height(b) - height(a));
}

function lastIndexUpTo(steps: ArrayLike<number>, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What the axes of a chart show. */
import { percentiles } from '../../../insights/percentiles.ts';
import type { ChartView, XAxis } from '../../state/chartView.ts';
import { lastPlaceOf } from '../curves/curves.ts';
import type { Reference } from '../references/reference.ts';
import type { Scale } from './scales.ts';
import { isOn } from './layout.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import { extremaOfTests } from '../curves/testPoints.ts';
import type { Curve, TestPoint } from '../curves/curve.ts';
import { quantityRow, type Quantity, type QuantityRow } from '../quantities.ts';
import type { Range } from './steadyRanges.ts';

/** Budgets up to this many steps are seen whole from the start. */
const WHOLE_BUDGET = 2000;
/** What an axis shows before there is anything, in its unit. */
const FIRST_SHOWN: Readonly<Record<XAxis, number>> = { step: 500, epoch: 1, training: 60, wall: 60 };
/** No axis reaches beyond this. */
const FARTHEST = 1e250;
/** Values of a curve from which its percentiles are taken at most. */
const SAMPLE = 1000;

/** The end of the axis: the budget if it is short, else room ahead of the curves that doubles when it is spent. */
export function lastShown(last: number, axis: XAxis, budget: number | null): number {
  if (axis !== 'step') budget = null;
  if (budget !== null && budget <= WHOLE_BUDGET) return Math.max(budget, last, 1);
  let shown = FIRST_SHOWN[axis];
  while (shown < last * 1.05) shown *= 2;
  return budget === null ? shown : Math.max(last, Math.min(shown, budget));
}

export function horizontalScale(
  curves: readonly Curve[],
  { x, logX }: Pick<ChartView, 'x' | 'logX'>,
  budget: number | null,
  zoom: Range | null,
): Scale {
  const to = lastShown(Math.max(0, ...curves.map(lastPlaceOf)), x, budget);
  const first = Math.min(to / 2, ...curves.flatMap((curve) => firstPlaceOf(curve) ?? []));
  const whole: Range = [logX ? Math.max(first, to * 1e-5) : 0, to];
  const [from, end] = zoom ?? whole;
  return { from: logX ? Math.max(from, whole[0]) : from, to: end, isLog: logX };
}

const firstPlaceOf = (curve: Curve): number | undefined =>
  curve.x.find((place) => place > 0) ?? curve.test.find((point) => point.x > 0)?.x;

type Axis = QuantityRow['axis'];

export interface Vertical {
  readonly scale: Scale;
  /** Whether values in sight lie above it, or below. */
  readonly above: boolean;
  readonly below: boolean;
}

export function verticalScale(
  curves: readonly Curve[],
  quantity: Quantity,
  { logY, ignoreOutliers }: Pick<ChartView, 'logY' | 'ignoreOutliers'>,
  x: Scale,
  zoom: { readonly x: Range | null; readonly y: Range | null },
  references: readonly Pick<Reference, 'value' | 'stretches'>[] = [],
): Vertical {
  const { axis } = quantityRow(quantity);
  const isLog = logY && axis.canBeLog;
  const seen = extentOf(curves, x);
  const quantileOf = (from: number, to: number) => percentiles(sampleOf(curves, x), from, to) ?? seen;
  const lines = references.flatMap(({ value, stretches }) => (stretches ? [value] : []));
  const [from, to] = zoom.y ?? drawable(automatic(), axis);
  return {
    scale: { from, to, isLog },
    above: seen !== null && seen[1] > to,
    below: seen !== null && seen[0] < from,
  };

  function automatic(): Range {
    const drawn = ignoreOutliers ? quantileOf(0.05, 0.95) : seen;
    const wanted: Range | null = drawn && [Math.min(drawn[0], ...lines), Math.max(drawn[1], ...lines)];
    if (isLog)
      return logRange(wanted && [Math.max(wanted[0], Math.min(smallest(curves, x), ...lines)), wanted[1]]);
    // A first step of a deep net, or running statistics that lag, can be far above what is worth seeing; a log can say anything.
    const [low, high] = (axis.leavesOutRare && quantileOf(0.05, 0.95)) || [-Infinity, Infinity];
    const kept: Range | null = wanted && [
      // Below 0 no loss of ours lies: there every one that is rare is left out.
      wanted[0] < 0 ? Math.max(wanted[0], Math.min(low, 0)) : wanted[0],
      Math.min(wanted[1], high),
    ];
    const isClose = (ignoreOutliers || zoom.x !== null) && axis.looksClose;
    return isClose ? snug(kept, axis) : axis.range(kept);
  }
}

/** Beyond some size a range has no length that is a number, and below some none at all. What is not finite stays so. */
function within(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) < 1 / FARTHEST ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, value));
}

/** The range, widened where its ends are too near to be told apart. */
function drawable([from, to]: Range, axis: Axis): Range {
  const least = 1e-12 * Math.max(Math.abs(from), Math.abs(to));
  if (to - from > Math.max(least, 1 / FARTHEST)) return [from, to];
  return Math.abs(from) < 1 / FARTHEST
    ? axis.range(null)
    : [from - Math.abs(from) / 2, to + Math.abs(to) / 2];
}

/** What is in sight, with a little room. */
function snug(seen: Range | null, axis: Axis): Range {
  if (!seen) return axis.range(null);
  const room = 0.05 * (seen[1] - seen[0] || Math.abs(seen[1]) || 1);
  const from = axis.isSigned || seen[0] < 0 ? seen[0] - room : Math.max(0, seen[0] - room);
  return [from, seen[1] + room];
}

function logRange(seen: Range | null): Range {
  if (!seen || !(seen[1] > 0)) return [0.1, 1];
  const [least, most] = seen;
  return most > least ? [least / 1.1, most * 1.1] : [least / 2, most * 2];
}

/** Indices of the curve's values in sight: [from, to). */
export function visibleIndices(curve: Curve, { from, to }: Scale): Range {
  const first = Math.max(0, lastIndexUpTo(curve.x, from));
  return [
    curve.x[first] !== undefined && curve.x[first] < from ? first + 1 : first,
    lastIndexUpTo(curve.x, to) + 1,
  ];
}

/** The smallest and the largest value in sight. */
function extentOf(curves: readonly Curve[], x: Scale): Range | null {
  let [least, most] = [Infinity, -Infinity];
  const see = (value: number) => {
    if (!Number.isFinite(value)) return;
    least = Math.min(least, within(value));
    most = Math.max(most, within(value));
  };
  for (const curve of curves) {
    const [from, to] = visibleIndices(curve, x);
    for (const i of curve.extrema.pick(from, to, () => true)) see(curve.smoothed[i]!);
    seeTests(curve.test, x, see);
  }
  return least <= most ? [least, most] : null;
}

/** The values in sight, or of very many their extremes. */
function seeTests(test: readonly TestPoint[], x: Scale, see: (value: number) => void): void {
  const extrema = extremaOfTests(test);
  if (!extrema) {
    for (const point of test) if (isOn(x, point.x)) see(point.y);
    return;
  }
  const from = test.findIndex((point) => point.x >= x.from);
  const to = test.findLastIndex((point) => point.x <= x.to) + 1;
  if (from >= 0) for (const i of extrema.pick(from, to, () => true)) see(test[i]!.y);
}

function sampleOf(curves: readonly Curve[], x: Scale): readonly number[] {
  const sample: number[] = [];
  for (const curve of curves) {
    const [from, to] = visibleIndices(curve, x);
    const stride = Math.max(1, (to - from) / SAMPLE);
    for (let i = from; i < to; i += stride) sample.push(within(curve.smoothed[Math.floor(i)]!));
    const sparse = Math.max(1, curve.test.length / SAMPLE);
    for (let i = 0; i < curve.test.length; i += sparse) {
      const point = curve.test[Math.floor(i)]!;
      if (isOn(x, point.x)) sample.push(within(point.y));
    }
  }
  return sample;
}

/** The smallest value above 0 in sight: where a logarithmic axis can begin. */
function smallest(curves: readonly Curve[], x: Scale): number {
  const positive = sampleOf(curves, x).filter((value) => value > 0);
  return Math.min(...(positive.length > 0 ? positive : [0.1]));
}

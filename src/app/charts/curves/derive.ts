/** What is computed from a growing series, kept with it: a chart that is drawn again goes on where it stopped. */
import { Extrema } from '../../../insights/extrema.ts';
import { Noise } from '../../../insights/noise.ts';
import { Smoother } from '../../../insights/smooth.ts';
import { Spread } from '../../../insights/spread.ts';
import { perOrigin } from './perOrigin.ts';
import type { Run } from '../../state/run.ts';
import type { Piece } from './piece.ts';
import { rowsOf, rowsPiece, type Rows, type SeriesKey } from './rows.ts';

/** A series that can be drawn: `extrema` may know more than `values`, if these were read earlier. */
export interface Drawable {
  readonly values: Float64Array;
  readonly extrema: Extrema;
}

/** A series, or the mean of several with its standard deviation. */
export interface Averaged extends Drawable {
  readonly std: Float64Array | null;
}

const extremaOf = perOrigin(() => new Extrema());

const asRecorded = ({ origin, values }: Rows): Drawable => ({
  values,
  extrema: extremaOf(origin).extend(values),
});

const smootherOf = perOrigin(() => ({ smoother: new Smoother(0), extrema: new Extrema() }));

function smootherFor(origin: object, weight: number) {
  const kept = smootherOf(origin);
  // Only the weight that is looked through is kept: there is one slider for all charts.
  if (kept.smoother.weight !== weight) {
    kept.smoother = new Smoother(weight);
    kept.extrema = new Extrema();
  }
  return kept;
}

function smoothed({ origin, values, steps }: Rows, weight: number): Drawable {
  const { smoother, extrema } = smootherFor(origin, weight);
  const averages = smoother.extend(values, steps);
  return { values: averages, extrema: extrema.extend(averages) };
}

/** Values of these rows that are still to be computed: as recorded, and smoothed if there is a weight. */
function undone({ origin, values }: Rows, weight: number | null): number {
  const left = (extrema: Extrema) => Math.max(0, values.length - extrema.length);
  const recorded = left(extremaOf(origin));
  if (weight === null) return recorded;
  const noise = weight === 0 ? 0 : Math.max(0, values.length - noiseFor(origin, weight).length);
  return recorded + left(smootherFor(origin, weight).extrema) + noise;
}

function advance(rows: Rows, weight: number | null, count: number): void {
  const upTo = (known: number): Rows => ({ ...rows, values: rows.values.subarray(0, known + count) });
  const recorded = extremaOf(rows.origin).length;
  if (recorded < rows.values.length) {
    asRecorded(upTo(recorded));
    return;
  }
  if (weight === null) return;
  const averaged = smootherFor(rows.origin, weight).extrema.length;
  if (averaged < rows.values.length) smoothed(upTo(averaged), weight);
  else noiseOf(upTo(noiseFor(rows.origin, weight).length), weight);
}

const noises = new WeakMap<object, Noise>();

function noiseFor(origin: object, weight: number): Noise {
  let noise = noises.get(origin);
  // As with averages, one weight is kept.
  if (noise?.weight !== weight) noises.set(origin, (noise = new Noise(weight)));
  return noise;
}

/** Standard deviation of the values around their average, for each of them. Without smoothing there is none. */
export function noiseOf(rows: Rows, weight: number): Float64Array | null {
  if (weight === 0) return null;
  return noiseFor(rows.origin, weight).extend(rows.values, smoothed(rows, weight).values, rows.steps);
}

/** Computes what is drawn of a series: as recorded, and if there is a weight smoothed, with its noise. */
export function derivePiece(run: Run, key: SeriesKey, weight: number | null): Piece {
  const unread = rowsPiece(run, key);
  return {
    // As long as its rows are not known, no more than this.
    left: () =>
      unread.left() > 0 ? (weight === null ? 1 : 3) * run[key].length : undone(rowsOf(run, key), weight),
    advance: (count) => advance(rowsOf(run, key), weight, count),
  };
}

/** Of groups, by their first series: whose mean it is, through which weight, and the mean. */
const groupOf = perOrigin(() => new Map<string, Group>());

interface Group {
  readonly origins: readonly object[];
  readonly weight: number | null;
  readonly spread: Spread;
  readonly extrema: Extrema;
}

/** The series, smoothed if there is a weight; of several the mean, at each step that all of them have. */
export function average(series: readonly [Rows, ...Rows[]], weight: number | null): Averaged {
  const each = series.map((one) => (weight === null ? asRecorded(one) : smoothed(one, weight)));
  const [first] = each;
  if (first && each.length === 1) return { ...first, std: null };
  const groups = groupOf(series[0].origin);
  const key = weight === null ? 'recorded' : 'smoothed';
  let group = groups.get(key);
  const isSame =
    group?.weight === weight &&
    group.origins.length === series.length &&
    series.every((one, i) => one.origin === group?.origins[i]);
  if (!group || !isSame) {
    const origins = series.map((one) => one.origin);
    group = { origins, weight, spread: new Spread(), extrema: new Extrema() };
    groups.set(key, group);
  }
  const { mean, std } = group.spread.extend(each.map((one) => one.values));
  return { values: mean, extrema: group.extrema.extend(mean), std };
}

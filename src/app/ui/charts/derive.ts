/** What is computed from a growing series, kept with it: a chart that is drawn again goes on where it stopped. */
import { Extrema } from '../../../insights/extrema.ts';
import { Growing } from '../../../insights/growing.ts';
import { Smoother } from '../../../insights/smooth.ts';
import { Spread } from '../../../insights/spread.ts';
import type { Series } from '../../store/series.ts';

/** A series that can be drawn: `extrema` may know more than `values`, if these were read earlier. */
export interface Drawable {
  readonly values: Float64Array;
  readonly extrema: Extrema;
}

/** A series, or the mean of several with its standard deviation. */
export interface Averaged extends Drawable {
  readonly deviation: Float64Array | null;
}

/** A cache by the origin of series, which is forgotten with them. */
function perOrigin<T>(create: () => T): (origin: object) => T {
  const known = new WeakMap<object, T>();
  return (origin) => {
    let one = known.get(origin);
    if (!one) known.set(origin, (one = create()));
    return one;
  };
}

const extremaOf = perOrigin(() => new Extrema());

const asRecorded = (series: Series): Drawable => {
  const { values } = series;
  return { values, extrema: extremaOf(series.origin).extend(values) };
};

const smootherOf = perOrigin(() => ({ smoother: new Smoother(0), extrema: new Extrema() }));

function smoothed(series: Series, weight: number): Drawable {
  const kept = smootherOf(series.origin);
  // Only the weight that is looked through is kept: there is one slider for all charts.
  if (kept.smoother.weight !== weight) {
    kept.smoother = new Smoother(weight);
    kept.extrema = new Extrema();
  }
  const values = kept.smoother.extend(series.values);
  return { values, extrema: kept.extrema.extend(values) };
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
export function average(series: readonly [Series, ...Series[]], weight: number | null): Averaged {
  const each = series.map((one) => (weight === null ? asRecorded(one) : smoothed(one, weight)));
  const [first] = each;
  if (first && each.length === 1) return { ...first, deviation: null };
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
  const { mean, deviation } = group.spread.extend(each.map((one) => one.values));
  return { values: mean, extrema: group.extrema.extend(mean), deviation };
}

const counted = new Growing();

/** The numbers 1, 2, 3 ... `length`. */
export function stepsUpTo(length: number): Float64Array {
  while (counted.length < length) counted.push(counted.length + 1);
  return counted.first(length);
}

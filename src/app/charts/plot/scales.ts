/** Axes: where a value lies on one, and its ticks. */

import type { XAxis } from '../../state/chartView.ts';

/** A stretch of an axis. A logarithmic one begins above 0. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
}

/** Where a value lies, 0 at `from` and 1 at `to`; what a logarithm cannot show lies far below. */
export function shareOf({ from, to, isLog }: Scale, value: number): number {
  if (!isLog) return (value - from) / (to - from);
  return value > 0 ? Math.log(value / from) / Math.log(to / from) : -FAR;
}

/** Far enough outside to be seen nowhere, near enough for a canvas. */
const FAR = 10;

/** The value at a share of the scale. */
export function valueAt({ from, to, isLog }: Scale, share: number): number {
  return isLog ? from * (to / from) ** share : from + share * (to - from);
}

/** About `count` round values on the scale. */
export function ticksOf(scale: Scale, count: number): readonly number[] {
  return scale.isLog ? logTicks(scale.from, scale.to, count) : niceTicks(scale.from, scale.to, count);
}

/** A step of 1, 2 or 5 times a power of ten, such that at most `count` of them fit into `range`. */
export function niceStep(range: number, count: number): number {
  const rough = range / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of a nice step in [from, to], about `count` of them. */
export function niceTicks(from: number, to: number, count: number): readonly number[] {
  if (!(to > from)) return [from];
  const step = niceStep(to - from, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiplying a whole number keeps 0.30000000000000004 out of the labels.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten in [from, to]; with 2 and 5 times them where there are few, every so many where there are too many. */
export function logTicks(from: number, to: number, count: number): readonly number[] {
  const first = Math.floor(Math.log10(from));
  const last = Math.ceil(Math.log10(to));
  const inRange = (factors: readonly number[]) => {
    const ticks: number[] = [];
    for (let power = first; power <= last; power++) {
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(12));
        if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(tick);
      }
    }
    return ticks;
  };
  const fine = inRange([1, 2, 5]);
  // Within a decade or less the powers of ten say too little.
  if (fine.length < 3) return niceTicks(from, to, count);
  if (fine.length <= count) return fine;
  const powers = inRange([1]);
  const stride = Math.ceil(powers.length / Math.max(1, count));
  return powers.filter((_, i) => i % stride === 0);
}

/** Steps of seconds, minutes and hours that a clock would have. */
const CLOCK_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/** About `count` round times in [from, to], in seconds. */
export function timeTicks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / Math.max(1, count);
  const step = CLOCK_STEPS.find((candidate) => candidate >= rough);
  if (rough < 1 || step === undefined) return niceTicks(from, to, count);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** About `count` places that are named on a horizontal axis. */
export function placeTicks(scale: Scale, axis: XAxis, count: number): readonly number[] {
  const isTime = axis === 'training' || axis === 'wall';
  if (isTime && !scale.isLog) return timeTicks(scale.from, scale.to, count);
  const ticks = ticksOf(scale, count);
  return axis === 'step' ? ticks.filter(Number.isInteger) : ticks;
}

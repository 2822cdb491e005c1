/** What the value axis of each quantity shows by itself: ranges that grow in wide steps, so that they rarely move while curves are drawn. */
import { guessing } from '../references/guessing.ts';
import { niceStep } from './scales.ts';

export type Range = readonly [number, number];

/** From the smallest and the largest value in sight, null if there is none, to the range. */
export type SteadyRange = (seen: Range | null) => Range;

/** Up to the whole, down in tens, and never less than the upper half. */
export const errorRange: SteadyRange = (seen) => {
  const least = seen?.[0] ?? Infinity;
  return [Math.max(0, Math.min(0.5, 0.1 * Math.floor(10 * (least - 0.02)))), 1];
};

export const lossRange: SteadyRange = (seen) => {
  if (!seen) return [1, 2.5];
  const [least, most] = seen;
  const floor = Math.max(0, Math.min(1, 0.5 * Math.floor(2 * (least - 0.05))));
  const ceiling = Math.max(2.5, 0.5 * Math.ceil(2 * most));
  const usual = 2 * guessing.loss;
  // A log may be of another loss: then all of it lies higher than ours ever does, or below 0.
  if (least >= 0 && (ceiling <= usual || least < guessing.loss)) return [floor, Math.min(usual, ceiling)];
  return [
    least < 0 ? -upToNice(-least)[1] : 0,
    most > 0 ? upToNice(Math.max(most, least < 0 ? 0 : 2.5))[1] : 0,
  ];
};

export const gapRange: SteadyRange = (seen) => {
  if (!seen) return [-0.1, 0.1];
  const [least, most] = seen;
  const step = 0.1;
  return [Math.min(-step, step * Math.floor(least / step)), Math.max(step, step * Math.ceil(most / step))];
};

export const speedRange: SteadyRange = (seen) => (seen ? upToNice(seen[1]) : [0, 1000]);

export const rateRange: SteadyRange = (seen) => (seen && seen[1] > 0 ? upToNice(seen[1]) : [0, 0.1]);

function upToNice(most: number): Range {
  const step = niceStep(most * 1.1, 4);
  return [0, step * Math.ceil((most * 1.05) / step)];
}

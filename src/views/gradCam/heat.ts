/** What is read out of heat: how high, where, how wide, and how alike. */
import { correlation, enlarged } from '../../insights/gradCam.ts';
import { IMAGE_SIDE } from '../../model/dataset.ts';
import type { CamAnswer, Heat } from './gradCam.ts';

/** Heat as large as the picture, row by row. */
export const large = ({ values }: Heat, side: number): Float64Array => enlarged(values, side, IMAGE_SIDE);

export interface HeatFacts {
  /** NaN where there is no heat. */
  readonly highest: number;
  /** Pixel of the picture that is hottest, from its upper left; NaN where nothing is hot. */
  readonly x: number;
  readonly y: number;
  /** Share of the picture that is above half of the highest; NaN where nothing is hot. */
  readonly share: number;
}

export function heatFacts(field: Float64Array): HeatFacts {
  const highest = Math.max(...field);
  if (!(highest > 0)) return { highest, x: NaN, y: NaN, share: NaN };
  const at = field.indexOf(highest);
  const above = field.filter((value) => value > highest / 2).length;
  return { highest, x: at % IMAGE_SIDE, y: Math.floor(at / IMAGE_SIDE), share: above / field.length };
}

/** The mean of those that are numbers; NaN of none. */
export function meanOf(values: readonly number[]): number {
  const real = values.filter(Number.isFinite);
  return real.reduce((sum, value) => sum + value, 0) / real.length;
}

/** How alike two nets' heats are: correlation of those of one picture, in the mean over the pictures where neither is level. */
export function likeness({ nets }: CamAnswer, a: number, b: number): number {
  const [one, other] = [nets[a], nets[b]];
  if (!one || !other) return NaN;
  return meanOf(
    one.heats.map((heat, i) => {
      const second = other.heats[i];
      return second ? correlation(large(heat, one.side), large(second, other.side)) : NaN;
    }),
  );
}

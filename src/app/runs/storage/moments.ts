/** What moments take up. */
import type { Moment, Moments } from '../../state/keeping.ts';

export const bytesOf = (moments: readonly Moment[]): number =>
  moments.reduce((sum, { bytes }) => sum + bytes, 0);

export const bytesOfMoments = (moments: Moments): number =>
  [...moments.values()].reduce((sum, some) => sum + bytesOf(some), 0);

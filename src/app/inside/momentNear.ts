import type { Moment } from '../state/keeping.ts';

/** The moment nearest to a step; undefined if there is none. */
export const momentNear = (moments: readonly Moment[], step: number): Moment | undefined =>
  moments.toSorted((a, b) => Math.abs(a.step - step) - Math.abs(b.step - step))[0];

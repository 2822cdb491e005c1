import type { Moment } from './keeping.ts';

/** The kept moment nearest to a step, the first of two that are equally near; undefined if there is none. */
export const momentNear = (moments: readonly Moment[], step: number): Moment | undefined =>
  moments.reduce<Moment | undefined>(
    (best, moment) => (best && Math.abs(best.step - step) <= Math.abs(moment.step - step) ? best : moment),
    undefined,
  );

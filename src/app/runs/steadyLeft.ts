/** The time that is left, as it is shown: it counts down, and follows the estimate only when that is truly another. */
export interface ShownLeft {
  /** Seconds. */
  readonly left: number;
  /** Seconds of training that were behind it when it was shown. */
  readonly spent: number;
  /** Of the whole run, the mean of the last estimates. */
  readonly total: number;
}

/** Weight of the newest estimate in the mean. */
const NEWEST = 0.2;
/** The mean has to be off by more than this share of what is left before it is believed, a single estimate by more than that. */
const MEAN_OFF = 0.12;
const ONE_OFF = 0.25;
/** Seconds that are no change. */
const LEAST = 2;

/**
 * `estimate`: seconds left at the present pace; `spent`: seconds of training so far, by which what was shown has come nearer. So it goes up
 * only where the pace has changed by more than it does from one step to the next. `shown` itself until training has gone on.
 */
export function steadyLeft(shown: ShownLeft | null, estimate: number, spent: number): ShownLeft {
  const anew = { left: estimate, spent, total: spent + estimate };
  if (shown === null || spent < shown.spent) return anew;
  if (spent === shown.spent) return shown;
  const due = shown.left - (spent - shown.spent);
  const total = shown.total + NEWEST * (spent + estimate - shown.total);
  const mean = Math.max(0, total - spent);
  const isOff = (left: number, share: number) => Math.abs(left - due) > Math.max(LEAST, share * left);
  if (isOff(estimate, ONE_OFF)) return anew;
  return { left: isOff(mean, MEAN_OFF) ? mean : Math.max(0, due), spent, total };
}

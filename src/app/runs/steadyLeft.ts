/** The time that is left, as it is shown: it counts down, and follows the estimate only when that is truly another. */
export interface ShownLeft {
  /** Seconds. */
  readonly left: number;
  /** Seconds of training that were behind it when it was shown. */
  readonly spent: number;
}

/** An estimate has to be off by more than this share, and by more than these seconds, before it is believed. */
const SHARE = 0.12;
const LEAST = 2;

/**
 * `estimate`: seconds left at the present pace; `spent`: seconds of training so far, by which what was shown has come nearer. So it never goes
 * up unless the pace has changed by more than it does from one step to the next. `shown` itself where nothing changes.
 */
export function steadyLeft(shown: ShownLeft | null, estimate: number, spent: number): ShownLeft {
  if (shown?.spent === spent && Math.abs(estimate - shown.left) <= tolerance(estimate)) return shown;
  const due = shown === null || spent < shown.spent ? null : shown.left - (spent - shown.spent);
  const isNear = due !== null && Math.abs(estimate - due) <= tolerance(estimate);
  return { left: isNear ? Math.max(0, due) : estimate, spent };
}

const tolerance = (estimate: number) => Math.max(LEAST, SHARE * estimate);

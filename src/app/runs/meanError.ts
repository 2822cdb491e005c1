import { INTERVAL } from '../../insights/window.ts';
import { ERROR_MEAN_STEPS } from '../../model/errorMean.ts';
import type { Run } from '../state/run.ts';

/**
 * The training error of a run wherever the page tells it as a number, 0 to 1. While more steps come it is that of the verdict's window, so
 * that both say the same; of a run that has ended that of its last steps. Null if none was logged.
 */
export function meanError(run: Run): number | null {
  const { end, error, loggedSteps } = run;
  const whole = error.length - (error.length % INTERVAL);
  return end === null && !loggedSteps && whole >= ERROR_MEAN_STEPS ? lastError(run, whole) : lastError(run);
}

/** Mean of the last {@link ERROR_MEAN_STEPS} steps, or of as many as there are, of the first `count` values; null if none was logged. */
export function lastError({ error, loggedSteps }: Run, count = error.length): number | null {
  const stepAt = (index: number) => (index < 0 ? 0 : (loggedSteps?.at(index) ?? index + 1));
  const last = stepAt(count - 1);
  const from = Math.max(0, last - ERROR_MEAN_STEPS);
  let [sum, steps, broken] = [0, 0, false];
  for (let i = count - 1, end = last; i >= 0 && end > from; i--) {
    if (error.isAbsent(i)) continue;
    // A value stands for the steps since the one that was logged before it.
    let before = i - 1;
    while (error.isAbsent(before)) before--;
    const stretch = stepAt(i) - Math.max(from, stepAt(before));
    end = stepAt(before);
    const value = error.at(i)!;
    // A log may have a NaN among its numbers; a run that was trained here ends with its first one.
    if (loggedSteps && !Number.isFinite(value)) broken = true;
    else [sum, steps] = [sum + stretch * value, steps + stretch];
  }
  if (steps > 0) return sum / steps;
  return broken ? NaN : null;
}

/**
 * The runs of earlier experiments. They live in memory; what is to persist them follows `archive` of the state, and
 * puts what it read there.
 */
import type { Run } from '../state/run.ts';
import type { RunArchive } from '../state/AppState.ts';

/** Steps kept at most, over all runs: 40 to 80 bytes each. */
export const KEPT_STEPS = 1_000_000;
export const KEPT_RUNS = 200;

export const emptyArchive: RunArchive = { kept: [], dropped: 0 };

/** The archive with the runs that are over put in; the oldest of the others leave where it would become too large. */
export function keepRuns({ kept, dropped }: RunArchive, ended: readonly Run[]): RunArchive {
  const added = ended.filter((run) => run.step > 0);
  let runs = kept.length + added.length;
  let steps = [...kept, ...added].reduce((sum, run) => sum + run.error.length, 0);
  const excess = kept.findIndex((run) => {
    if (runs <= KEPT_RUNS && steps <= KEPT_STEPS) return true;
    runs--;
    steps -= run.error.length;
    return false;
  });
  const leaving = excess < 0 ? kept.length : excess;
  return { kept: [...kept.slice(leaving), ...added], dropped: dropped + leaving };
}

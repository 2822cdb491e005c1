/** The runs of earlier experiments, as far as their curves are in memory. */
import type { Run } from '../state/run.ts';
import type { RunArchive } from '../state/AppState.ts';
import type { KeepState } from '../state/keeping.ts';

/** Steps in memory at most, over all runs: 40 to 80 bytes each. */
export const KEPT_STEPS = 1_000_000;
export const KEPT_RUNS = 200;

export const emptyArchive: RunArchive = { kept: [], dropped: 0 };

/**
 * The archive with the runs that are over put in. Where nothing is kept in this browser, the oldest of the others leave where it would
 * become too large; else what keeps runs puts them aside once they are stored (see {@link excessRuns}).
 */
export function keepRuns(
  { kept, dropped }: RunArchive,
  ended: readonly Run[],
  keeping: KeepState['kind'],
): RunArchive {
  const added = ended.filter((run) => run.step > 0);
  const all = [...kept, ...added];
  if (keeping !== 'off') return { kept: all, dropped };
  const leaving = new Set(excessRuns(all, kept));
  return { kept: all.filter((run) => !leaving.has(run)), dropped: dropped + leaving.size };
}

/** Those of `candidates`, the first first, that are too many for the memory among `all`. */
export function excessRuns(all: readonly Run[], candidates: readonly Run[]): readonly Run[] {
  let runs = all.length;
  let steps = all.reduce((sum, run) => sum + run.error.length, 0);
  const enough = candidates.findIndex((run) => {
    if (runs <= KEPT_RUNS && steps <= KEPT_STEPS) return true;
    runs--;
    steps -= run.error.length;
    return false;
  });
  return enough < 0 ? candidates : candidates.slice(0, enough);
}

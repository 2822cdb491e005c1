/** Runs that were interrupted, and are not to be gone on with. */
import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';

export function leaveInterrupted(store: StoreApi<AppState>, ids: readonly string[]): void {
  const left = (runs: readonly Run[]) =>
    runs.map((run): Run => {
      const isLeft = run.end?.reason === 'interrupted' && ids.includes(run.id);
      return isLeft ? { ...run, end: { reason: 'stopped', divergedAt: null, failure: null } } : run;
    });
  store.setState(({ training, archive, library }) => ({
    training: { ...training, runs: left(training.runs) },
    archive: { ...archive, kept: left(archive.kept) },
    library: left(library),
  }));
}

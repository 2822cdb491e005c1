/** A graphics device that is lost while it trains is opened anew, and its runs go on from their last moments: without a press, a few times. */
import type { StoreApi } from 'zustand/vanilla';
import type { TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { brokenRuns } from './goingOn.ts';

/** Times that a run is gone on with by itself; then a person decides. */
export const MOST_TIMES = 2;

export function reopenLost(store: StoreApi<AppState>, continueRuns: TrainingActions['continueRuns']): void {
  const times = new Map<string, number>();
  store.subscribe((state, before) => {
    const { training } = state;
    if (training === before.training || isLive(phaseOf(training)) || !isLive(phaseOf(before.training)))
      return;
    const lost = brokenRuns(state).filter(
      ({ id, end }) => end?.failure?.name === 'DeviceLostError' && (times.get(id) ?? 0) < MOST_TIMES,
    );
    if (lost.length === 0) return;
    for (const { id } of lost) times.set(id, (times.get(id) ?? 0) + 1);
    void continueRuns(lost.map(({ id }) => id));
  });
}

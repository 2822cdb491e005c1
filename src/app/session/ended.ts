import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../state/AppState.ts';
import { isLive, phaseOf } from '../state/training.ts';

/** Waits until nothing trains. */
export function ended(store: StoreApi<AppState>): Promise<void> {
  const isOver = ({ training }: AppState) => !isLive(phaseOf(training));
  if (isOver(store.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe((state) => {
      if (!isOver(state)) return;
      unsubscribe();
      resolve();
    });
  });
}

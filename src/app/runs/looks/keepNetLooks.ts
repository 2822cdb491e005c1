import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../state/AppState.ts';
import { netLooks, withNetLooks } from './netLooks.ts';

/** Keeps recorded runs in the looks of the nets on the page: whichever comes first. */
export function keepNetLooks(store: StoreApi<AppState>): void {
  store.subscribe(({ imported, draft, training }, before) => {
    const isRecorded = imported.some(({ origin }) => origin === 'recorded');
    // Runs grow at every step; their looks change when there are others, or are named anew.
    const isSameStage =
      draft.lanes === before.draft.lanes &&
      training.runs.length === before.training.runs.length &&
      training.runs.every((run, i) => run.style === before.training.runs[i]?.style);
    if (!isRecorded || (imported === before.imported && isSameStage)) return;
    const dressed = withNetLooks(imported, netLooks(draft.lanes, training.runs));
    if (dressed !== imported) store.setState({ imported: dressed });
  });
}

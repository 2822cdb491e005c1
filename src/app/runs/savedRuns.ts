/** Which runs were saved as files: what is not is lost when the page is left. */
import type { StoreApi } from 'zustand/vanilla';
import type { Run } from '../state/run.ts';
import type { AppState, SavedRuns } from '../state/AppState.ts';

/** The runs of this page that came out of no file. */
export const trainedHere = ({
  archive,
  training,
}: Pick<AppState, 'archive' | 'training'>): readonly Run[] => [...archive.kept, ...training.runs];

const extentOf = ({ step, evaluations }: Run) => `${step} ${evaluations.length}`;

export const withSaved = (saved: SavedRuns, runs: readonly Run[]): SavedRuns => ({
  ...saved,
  ...Object.fromEntries(runs.map((run) => [run.id, extentOf(run)])),
});

/** Whether something was trained that is kept neither in this browser nor, as far as it has come, in a file. */
export const hasUnsaved = (state: Pick<AppState, 'archive' | 'training' | 'saved' | 'keeping'>): boolean =>
  (state.keeping.kind === 'off' || state.keeping.kind === 'failing') &&
  trainedHere(state).some((run) => run.step > 0 && state.saved[run.id] !== extentOf(run));

/** The part of a window that this needs. */
type Leaving = Pick<Window, 'addEventListener' | 'removeEventListener'>;

/** Has the browser ask before the page is closed, loaded again or left, while there are runs that no file holds. */
export function askBeforeLeaving(store: StoreApi<AppState>, window: Leaving): void {
  let asks = false;
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  const follow = () => {
    const wanted = hasUnsaved(store.getState());
    if (wanted === asks) return;
    asks = wanted;
    // Only while it asks: the browser may keep a page that does not in memory when it is left.
    if (asks) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  };
  follow();
  store.subscribe(follow);
}

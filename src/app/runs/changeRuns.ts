import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import { isElsewhere } from './isElsewhere.ts';
import { listsOf, withLists } from './runLists.ts';

/** What a person gives to a run. */
type Own = Pick<Run, 'name' | 'tags' | 'note' | 'views'>;

/** Changes runs in whichever list they stand. What another tab trains is that tab's. */
export function changeRuns(
  store: StoreApi<AppState>,
  ids: readonly string[],
  patch: (run: Run) => Partial<Own>,
): void {
  store.setState((state) => {
    const wanted = new Set(ids);
    const isMeant = (run: Run) => wanted.has(run.id) && !isElsewhere(run);
    const changed = (runs: readonly Run[]) =>
      runs.some(isMeant) ? runs.map((run) => (isMeant(run) ? { ...run, ...patch(run) } : run)) : runs;
    const { library, imported, kept, current } = listsOf(state);
    return withLists(state, {
      library: changed(library),
      imported: changed(imported),
      kept: changed(kept),
      current: changed(current),
    });
  });
}

/** Takes runs, moments and kept views off the page, and brings them back: what keeps them lets go of them once that cannot be undone any more. */
import type { StoreApi } from 'zustand/vanilla';
import type { RunActions } from '../state/App.ts';
import type { AppState, Deletion, ListName } from '../state/AppState.ts';
import type { Moment, Moments } from '../state/keeping.ts';
import { MOST_VIEWS, type KeptView } from '../state/keptView.ts';
import type { Run } from '../state/run.ts';
import { listedRuns } from './allRuns.ts';
import { changeRuns } from './changeRuns.ts';
import { isElsewhere } from './isElsewhere.ts';
import { listNames, listsOf, withLists } from './runLists.ts';

type Places = ReadonlyMap<string, readonly number[]>;

export function deleteActions(
  store: StoreApi<AppState>,
): Pick<RunActions, 'deleteRuns' | 'removeView' | 'undoDelete' | 'forgetDeleted'> {
  return {
    deleteRuns(ids, places = new Map()) {
      store.setState((state) => {
        const wanted = new Set(ids);
        const lists = listsOf(state);
        const leaves = (run: Run) => wanted.has(run.id) && run.state === 'ended';
        const runs = listNames.flatMap((list) =>
          lists[list].flatMap((run, index) => (leaves(run) ? [{ run, list, index }] : [])),
        );
        const { left, taken } = withoutMoments(state.moments, places);
        if (runs.length + taken.size === 0) return {};
        const stay = (list: readonly Run[]) =>
          list.some(leaves) ? list.filter((run) => !leaves(run)) : list;
        return {
          ...withLists(state, {
            library: stay(lists.library),
            imported: stay(lists.imported),
            kept: stay(lists.kept),
            current: stay(lists.current),
          }),
          ...(taken.size > 0 && { moments: left }),
          deleted: { runs, moments: taken, views: new Map(), experiment: state.training.experiment },
        };
      });
    },
    removeView(id, view) {
      const run = listedRuns(store.getState()).find((one) => one.id === id && !isElsewhere(one));
      const leaving = run?.views.find((one) => one.id === view);
      if (!leaving) return;
      changeRuns(store, [id], ({ views }) => ({ views: views.filter((one) => one !== leaving) }));
      store.setState(({ training }) => ({
        deleted: {
          runs: [],
          moments: new Map(),
          views: new Map([[id, [leaving]]]),
          experiment: training.experiment,
        },
      }));
    },
    undoDelete() {
      const views = store.getState().deleted?.views ?? new Map<string, readonly KeptView[]>();
      changeRuns(store, [...views.keys()], (run) => ({
        views: withViews(run.views, views.get(run.id) ?? []),
      }));
      store.setState((state) => {
        const { deleted } = state;
        if (!deleted) return {};
        return {
          ...withLists(state, listsWith(state, deleted)),
          ...(deleted.moments.size > 0 && { moments: withMoments(state.moments, deleted.moments) }),
          deleted: null,
        };
      });
    },
    forgetDeleted: () => store.setState({ deleted: null }),
  };
}

function listsWith(state: AppState, deleted: Deletion): Record<ListName, readonly Run[]> {
  const lists: Record<ListName, readonly Run[]> = listsOf(state);
  const insert = (list: ListName, index: number, run: Run) => {
    lists[list] = lists[list].toSpliced(index, 0, run);
  };
  for (const { run, list, index } of deleted.runs) {
    // Another experiment is the present one now: its runs stand among the earlier ones.
    if (list === 'current' && deleted.experiment !== state.training.experiment)
      insert('kept', lists.kept.length, run);
    else insert(list, index, run);
  }
  return lists;
}

function withoutMoments(
  moments: Moments,
  places: Places,
): { readonly left: Moments; readonly taken: Moments } {
  const left = new Map(moments);
  const taken = new Map<string, readonly Moment[]>();
  for (const [run, steps] of places) {
    const all = moments.get(run) ?? [];
    const leaving = all.filter(({ step }) => steps.includes(step));
    if (leaving.length === 0) continue;
    taken.set(run, leaving);
    left.set(
      run,
      all.filter((moment) => !leaving.includes(moment)),
    );
  }
  return { left, taken };
}

/** In the order in which they were made; of no more than a run keeps. */
const withViews = (views: readonly KeptView[], back: readonly KeptView[]): readonly KeptView[] =>
  [...views, ...back].sort((a, b) => Number(a.id) - Number(b.id)).slice(0, MOST_VIEWS);

/** One that was made anew since stays as it is. */
function withMoments(moments: Moments, back: Moments): Moments {
  const all = new Map(moments);
  for (const [run, some] of back) {
    const present = all.get(run) ?? [];
    const missing = some.filter(({ step }) => present.every((moment) => moment.step !== step));
    all.set(
      run,
      [...present, ...missing].sort((a, b) => a.step - b.step),
    );
  }
  return all;
}

/** What a person can do to the runs that are there. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../model/clock.ts';
import type { Run } from '../state/run.ts';
import { allRuns } from './allRuns.ts';
import { toldApart } from './looks/introduceRun.ts';
import { withSaved } from './savedRuns.ts';
import type { AppState, ListName } from '../state/AppState.ts';
import type { RunActions } from '../state/App.ts';

export interface RunServices {
  /** Files are numbered from here on, as experiments are. */
  readonly firstOrdinal: number;
  readonly now: WallClock;
}

export function createRunActions(store: StoreApi<AppState>, { firstOrdinal, now }: RunServices): RunActions {
  let imports = firstOrdinal;
  const listsOf = ({ imported, archive, training }: AppState): Record<ListName, readonly Run[]> => ({
    imported,
    kept: archive.kept,
    current: training.runs,
  });
  const withLists = (state: AppState, lists: Record<ListName, readonly Run[]>) => ({
    imported: lists.imported,
    archive: { ...state.archive, kept: lists.kept },
    training: { ...state.training, runs: lists.current },
  });

  return {
    renameRun(id, name) {
      const wanted = name.trim();
      if (wanted === '') return;
      store.setState((state) => {
        const rename = (runs: readonly Run[]) =>
          runs.some((run) => run.id === id)
            ? runs.map((run) => (run.id === id ? { ...run, name: wanted } : run))
            : runs;
        const { imported, kept, current } = listsOf(state);
        return withLists(state, { imported: rename(imported), kept: rename(kept), current: rename(current) });
      });
    },
    deleteRuns(ids) {
      store.setState((state) => {
        const lists = listsOf(state);
        const leaves = (run: Run) => ids.includes(run.id) && run.state === 'ended';
        const runs = (['imported', 'kept', 'current'] as const).flatMap((list) =>
          lists[list].flatMap((run, index) => (leaves(run) ? [{ run, list, index }] : [])),
        );
        if (runs.length === 0) return {};
        const stay = (list: readonly Run[]) =>
          list.some(leaves) ? list.filter((run) => !leaves(run)) : list;
        return {
          ...withLists(state, {
            imported: stay(lists.imported),
            kept: stay(lists.kept),
            current: stay(lists.current),
          }),
          deleted: { runs, experiment: state.training.experiment },
        };
      });
    },
    undoDelete() {
      store.setState((state) => {
        const { deleted } = state;
        if (!deleted) return {};
        const { imported, kept, current } = listsOf(state);
        const lists = { imported: [...imported], kept: [...kept], current: [...current] };
        for (const { run, list, index } of deleted.runs) {
          // Another experiment is the present one now: its runs stand among the earlier ones.
          if (list === 'current' && deleted.experiment !== state.training.experiment) lists.kept.push(run);
          else lists[list].splice(index, 0, run);
        }
        return { ...withLists(state, lists), deleted: null };
      });
    },
    markSaved: (runs) => store.setState(({ saved }) => ({ saved: withSaved(saved, runs) })),
    forgetDeleted: () => store.setState({ deleted: null }),
    setHidden(ids, isHidden) {
      store.setState(({ view }) => {
        const others = view.hidden.filter((id) => !ids.includes(id));
        return { view: { ...view, hidden: isHidden ? [...others, ...ids] : others } };
      });
    },
    showRuns: (runsOrigin) => store.setState({ runsOrigin, place: 'runs' }),
    setGrouped: (grouped) => store.setState({ grouped }),
    nextImport: () => ++imports,
    addImported: (runs) =>
      store.setState((state) => ({
        imported: [
          ...state.imported,
          ...toldApart(
            runs.map((run) => ({ ...run, created: run.created ?? now() })),
            allRuns(state),
          ),
        ],
      })),
    removeImported: (ids) =>
      store.setState(({ imported }) => ({ imported: imported.filter((run) => !ids.includes(run.id)) })),
  };
}

/** What a person can do to the runs that are there. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../model/clock.ts';
import type { Run } from '../state/run.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { allRuns } from './allRuns.ts';
import { isElsewhere } from './isElsewhere.ts';
import { deleteActions } from './deleteActions.ts';
import { toldApart } from './looks/introduceRun.ts';
import { fromLibrary, outOfLibrary } from './outOfLibrary.ts';
import { withSaved } from './savedRuns.ts';
import { listsOf, withLists } from './runLists.ts';
import { cleanTags, MOST_NOTE } from './tags.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunActions } from '../state/App.ts';

export interface RunServices {
  /** Files are numbered from here on, as experiments are. */
  readonly firstOrdinal: number;
  readonly now: WallClock;
  readonly keeping: Pick<RunKeeping, 'load' | 'read'>;
}

export function createRunActions(
  store: StoreApi<AppState>,
  { firstOrdinal, now, keeping }: RunServices,
): RunActions {
  let imports = firstOrdinal;

  /** Changes runs in whichever list they stand. What another tab trains is that tab's. */
  const change = (
    ids: readonly string[],
    patch: (run: Run) => Partial<Pick<Run, 'name' | 'tags' | 'note'>>,
  ) =>
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

  const setHidden = (ids: readonly string[], isHidden: boolean) =>
    store.setState(({ view }) => {
      const wanted = new Set(ids);
      const others = view.hidden.filter((id) => !wanted.has(id));
      return { view: { ...view, hidden: isHidden ? [...others, ...ids] : others } };
    });

  return {
    renameRun(id, name) {
      const wanted = name.trim();
      if (wanted !== '') change([id], () => ({ name: wanted }));
    },
    setTags: (id, tags) => change([id], () => ({ tags: cleanTags(tags) })),
    addTags: (ids, tags) => change(ids, (run) => ({ tags: cleanTags([...run.tags, ...tags]) })),
    setNote: (id, note) => change([id], () => ({ note: note.slice(0, MOST_NOTE) })),
    ...deleteActions(store),
    markSaved: (runs) => store.setState(({ saved }) => ({ saved: withSaved(saved, runs) })),
    setHidden,
    async loadRuns(ids) {
      const { library } = store.getState();
      const isAside = new Set(library.map(({ id }) => id));
      setHidden(
        ids.filter((id) => !isAside.has(id)),
        false,
      );
      if (!ids.some((id) => isAside.has(id))) return [];
      const asked = new Set(ids);
      const wanted = library.filter((run) => asked.has(run.id) && !isElsewhere(run));
      const results = await Promise.all(
        wanted.map((run) => keeping.load([run]).then(([loaded]) => loaded ?? null, () => null)), // prettier-ignore
      );
      const loaded = results.filter((run) => run !== null);
      store.setState((state) => withLoaded(state, loaded));
      const failed = wanted.filter((_, i) => results[i] === null);
      setHidden(
        loaded.map(({ id }) => id),
        false,
      );
      return failed.map(({ name }) => name);
    },
    withCurves: (runs) => keeping.read(runs),
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

/** The state with runs of the library out of it, each with a look that tells it from the others. */
const withLoaded = (state: AppState, loaded: readonly Run[]): Partial<AppState> =>
  outOfLibrary(state, toldApart(fromLibrary(state, loaded), allRuns(state)));

/** What a person can do to the runs that are there. */
import type { StoreApi } from 'zustand/vanilla';
import type { WallClock } from '../../model/clock.ts';
import type { Run } from '../state/run.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { allRuns } from './allRuns.ts';
import { changeRuns } from './changeRuns.ts';
import { deleteActions } from './deleteActions.ts';
import { isElsewhere } from './isElsewhere.ts';
import { toldApart } from './looks/introduceRun.ts';
import { fromLibrary, outOfLibrary } from './outOfLibrary.ts';
import { withSaved } from './savedRuns.ts';
import { cleanTags, MOST_NOTE } from './tags.ts';
import { withViewActions } from './views/withViewActions.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunActions } from '../state/App.ts';

export interface RunServices {
  /** Files are numbered from here on, as experiments are. */
  readonly firstOrdinal: number;
  readonly now: WallClock;
  readonly keeping: Pick<RunKeeping, 'load' | 'read' | 'keepPicture' | 'pictureOf'>;
}

export function createRunActions(
  store: StoreApi<AppState>,
  { firstOrdinal, now, keeping }: RunServices,
): RunActions {
  let imports = firstOrdinal;

  const change = (ids: readonly string[], patch: Parameters<typeof changeRuns>[2]) =>
    changeRuns(store, ids, patch);

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
    ...withViewActions(store, { now, keeping }),
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

/** Recorded runs, watched in the lab by one press. */
import type { StoreApi } from 'zustand/vanilla';
import type { PresetId } from '../../model/presetId.ts';
import type { App, RunActions } from '../state/App.ts';
import type { AppState, Watching } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';

/** The ids of the recorded runs of a preset (of all with null), and those of them that are not among `known`. Rejects if they cannot be had. */
export type LoadRecorded = (
  preset: PresetId | null,
  known: ReadonlySet<string>,
) => Promise<{ readonly ids: readonly string[]; readonly runs: readonly Run[] }>;

export function createWatchActions(
  store: StoreApi<AppState>,
  {
    addImported,
    removeImported,
    setHidden,
  }: Pick<RunActions, 'addImported' | 'removeImported' | 'setHidden'>,
  load: LoadRecorded,
): Pick<App, 'watchRecorded' | 'putRecordedAway'> {
  const idsHere = () => new Set(store.getState().imported.map(({ id }) => id));
  const setWatching = (patch: Partial<Watching>) =>
    store.setState(({ watching }) => ({ watching: { ...watching, ...patch } }));
  return {
    async watchRecorded(preset) {
      const asked = store.getState().watching.asked + 1;
      const view = { ...store.getState().view, measure: 'error' as const };
      // Each net has two seeds: drawn as one line, with a band.
      const inside = { ...store.getState().inside, isShown: false };
      store.setState({
        place: 'lab',
        grouped: true,
        view,
        inside,
        watching: { asked, state: 'coming', why: null },
      });
      try {
        const { ids, runs } = await load(preset, idsHere());
        // Another press may have brought some of them meanwhile.
        const here = idsHere();
        addImported(runs.filter(({ id }) => !here.has(id)));
        removeImported(ofOtherLength(store.getState().imported, new Set(ids)));
        setHidden(ids, false);
        setWatching({ state: 'here' });
      } catch (error) {
        setWatching({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
      }
    },
    putRecordedAway() {
      const recorded = store.getState().imported.filter(({ origin }) => origin === 'recorded');
      removeImported(recorded.map(({ id }) => id));
      setWatching({ state: 'idle', why: null });
    },
  };
}

/** Recorded runs that are not watched, and of another number of steps than those that are: their curves answer another question. */
function ofOtherLength(imported: readonly Run[], watched: ReadonlySet<string>): readonly string[] {
  const recorded = imported.filter(({ origin }) => origin === 'recorded');
  const lengths = new Set(recorded.filter(({ id }) => watched.has(id)).map(({ step }) => step));
  return recorded.filter(({ id, step }) => !watched.has(id) && !lengths.has(step)).map(({ id }) => id);
}

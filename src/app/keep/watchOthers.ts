/** Shows what other tabs train, as they keep it, and learns when they are gone: their runs can be gone on with here then. */
import type { StoreApi } from 'zustand/vanilla';
import { allRuns } from '../runs/allRuns.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moment } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import type { KeepDb } from './keepDb.ts';
import type { Keeper } from './keeper.ts';
import { KeepError } from './keepError.ts';
import { loadRun, momentsOf } from './loadRun.ts';
import type { IsElsewhere } from './owners.ts';
import { trainedElsewhere } from './restore.ts';
import { RecordError, runOfRecord } from './runRecord.ts';

/** Seconds between two looks. */
export const LOOK = 2;
/** Runs of other tabs whose curves are read anew at a look. */
const MOST = 24;

/** One look. What cannot be read is left for the next. */
export async function lookAtOthers(
  db: KeepDb,
  keeper: Keeper,
  store: StoreApi<AppState>,
  isElsewhere: IsElsewhere,
): Promise<void> {
  const state = store.getState();
  const known = new Set(knownRuns(state).map(({ id }) => id));
  // What this page has deleted is on its way out.
  const begun = (await db.ids()).filter((id) => !known.has(id) && !keeper.has(id));
  // What was interrupted may be gone on with in another tab.
  const stopped = knownRuns(state).filter(({ end }) => end?.reason === 'interrupted');
  const ids = new Set([...state.elsewhere, ...stopped.map(({ id }) => id), ...begun]);
  for (const id of [...ids].slice(0, MOST)) {
    try {
      await look(id);
    } catch (error) {
      if (!(error instanceof KeepError || error instanceof RecordError)) throw error;
    }
  }

  async function look(id: string): Promise<void> {
    const record = await db.record(id);
    const isTheirs = record !== null && isElsewhere(record);
    const wasTheirs = store.getState().elsewhere.has(id);
    if (!record) {
      if (!wasTheirs) return;
      keeper.forget(id);
      store.setState((now) => without(now, id));
      return;
    }
    if (isTheirs === wasTheirs && known.has(id) && keeper.isUpToDate(record)) return;
    if (!isTheirs && !wasTheirs && known.has(id)) return;
    const { run } = runOfRecord(record);
    // What came out of a file there is there.
    if (!known.has(id) && run.origin !== 'here') return;
    const { run: loaded, packs } = await loadRun(db, run, record.isLogged);
    const shown = isTheirs ? trainedElsewhere(loaded) : loaded;
    const moments = await momentsOf(db, id);
    keeper.knows(shown, packs, record.updated);
    store.setState((now) => withRun(now, shown, isTheirs, moments));
  }
}

const knownRuns = (state: AppState): readonly Run[] => [
  ...allRuns(state),
  ...state.library,
  ...(state.deleted?.runs.map(({ run }) => run) ?? []),
];

/** With the run among those that are drawn, in its place if it has one there, and not on the stage: there is what this tab trains. */
function withRun(
  state: AppState,
  run: Run,
  isTheirs: boolean,
  moments: readonly Moment[],
): Partial<AppState> {
  const { kept } = state.archive;
  const isDrawn = kept.some(({ id }) => id === run.id);
  const elsewhere = new Set(state.elsewhere);
  if (isTheirs) elsewhere.add(run.id);
  else elsewhere.delete(run.id);
  return {
    ...(!isDrawn && without(state, run.id)),
    archive: {
      ...state.archive,
      kept: isDrawn ? kept.map((one) => (one.id === run.id ? run : one)) : [...kept, run],
    },
    elsewhere,
    moments: new Map([...state.moments, [run.id, moments]]),
  };
}

function without(state: AppState, id: string): Partial<AppState> {
  const stays = (run: Run) => run.id !== id;
  const { archive, library, training } = state;
  const staged = training.runs.filter(stays);
  return {
    elsewhere: new Set([...state.elsewhere].filter((one) => one !== id)),
    archive: { ...archive, kept: archive.kept.filter(stays) },
    library: library.filter(stays),
    ...(staged.length < training.runs.length && {
      training: staged.length > 0 ? { ...training, runs: staged } : { ...noTraining, data: training.data },
    }),
  };
}

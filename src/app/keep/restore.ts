/** What was kept comes back to the page when it is opened. */
import type { StoreApi } from 'zustand/vanilla';
import { draftShowing } from '../state/readDraft.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moment, Moments } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { bringBack } from './bringBack.ts';
import type { KeepDb } from './keepDb.ts';
import type { CheckpointEntry } from './stored.ts';
import type { Keeper } from './keeper.ts';
import { loadRun, momentOf, type LoadedRun } from './loadRun.ts';
import type { IsElsewhere } from './owners.ts';
import { RecordError, runOfRecord, type RunRecord } from './runRecord.ts';
import { readSession, type KeptSession } from './sessionRecord.ts';

/** Runs beside those of the last experiment whose curves are loaded, where it is not known which were shown. */
const LATEST = 24;
/** And at most, with so many steps. */
const SHOWN = 200;
const SHOWN_STEPS = 500_000;

interface Read {
  readonly run: Run;
  readonly record: RunRecord;
}

export interface Restored {
  /** Ids of records that cannot be read: they are left as they are. */
  readonly damaged: readonly string[];
  /** Once what was drawn beside the stage is drawn again: the ids of runs whose points cannot be read. They stay in the library. */
  readonly drawn: Promise<readonly string[]>;
}

/**
 * Puts the kept runs into the state: those of the last experiment on the stage, all others into the library, as their records tell; no
 * other curve is waited for. Those that were drawn beside the stage come out of the library then (bringBack.ts). What a person has begun
 * meanwhile stays. Rejects with KeepError.
 */
export async function restore(
  db: KeepDb,
  keeper: Keeper,
  store: StoreApi<AppState>,
  isElsewhere: IsElsewhere,
): Promise<Restored> {
  const [stored, entries, storedSession] = await Promise.all([db.records(), db.checkpoints(), db.session()]);
  const session = readSession(storedSession);
  const damaged: string[] = [];
  const all = stored.flatMap((input): Read[] => {
    try {
      return [runOfRecord(input)];
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      damaged.push(idOf(input));
      return [];
    }
  });
  // Where it was deleted in a tab that is still open, that can be undone there.
  const canUndo = session !== null && isElsewhere({ owner: session.owner, updated: NEVER });
  const deleted = new Set(canUndo ? [] : session?.deleted);
  const forgotten = session?.forgotten ?? [];
  const forgottenViews = canUndo ? [] : (session?.forgottenViews ?? []);
  if (deleted.size + forgotten.length + forgottenViews.length > 0)
    await db.write({ removed: [...deleted], dropped: forgotten, droppedPictures: forgottenViews });
  const isForgotten = ({ run, step }: CheckpointEntry) =>
    deleted.has(run) || forgotten.some(([id, at]) => id === run && at === step);
  const moments = momentsByRun(entries.filter((entry) => !isForgotten(entry)));
  const kept = all
    .filter(({ run }) => !deleted.has(run.id))
    .map((read) => (isElsewhere(read.record) ? { ...read, run: trainedElsewhere(read.run) } : read))
    .sort((a, b) => (a.run.created ?? 0) - (b.run.created ?? 0));
  const loaded = new Map<string, LoadedRun>();
  const { atOnce, then } = wanted(kept, session);
  // Side by side: one after the other they wait for each other's answers.
  await Promise.all(
    atOnce.map(async ({ run, record }) => {
      try {
        loaded.set(run.id, await loadRun(db, run, record.isLogged));
      } catch {
        damaged.push(run.id);
      }
    }),
  );
  for (const { run, record } of kept) {
    const one = loaded.get(run.id);
    keeper.knows(one?.run ?? run, one?.packs ?? 0, record.updated);
  }
  keeper.knowsMoments(moments);
  store.setState((state) => restored(state, kept, loaded, session, moments));
  const drawn = bringBack(db, keeper, store, then.map(({ record }) => record)); // prettier-ignore
  return { damaged, drawn };
}

const idOf = (input: unknown): string =>
  typeof input === 'object' && input !== null && 'id' in input ? String(input.id).slice(0, 100) : '';

/** Of a session it is not kept when it was written: where nothing else tells, its page is taken to be gone. */
const NEVER = -Infinity;

/** A run that another tab trains. */
export const trainedElsewhere = (run: Run): Run => ({ ...run, state: 'running', end: null });

interface Wanted {
  /** On the stage, or what another tab trains. */
  readonly atOnce: readonly Read[];
  /** Drawn beside them: the latest first. */
  readonly then: readonly Read[];
}

/** The runs whose curves are drawn. */
function wanted(kept: readonly Read[], session: KeptSession | null): Wanted {
  const staged = new Set(session?.runs);
  const hidden = new Set(session?.hidden);
  const drawn = session?.shown && new Set(session.shown);
  let room = SHOWN_STEPS;
  const shown = kept
    .filter(({ run }) => !staged.has(run.id) && !hidden.has(run.id))
    .filter(({ run }) => drawn?.has(run.id) ?? true)
    .slice(drawn ? -SHOWN : -LATEST)
    .toReversed()
    .filter(({ run }) => (room -= run.step) >= 0);
  const isAlive = ({ run }: Read) => run.state !== 'ended';
  return {
    atOnce: [...kept.filter(({ run }) => staged.has(run.id)), ...shown.filter(isAlive)],
    then: shown.filter((read) => !isAlive(read)),
  };
}

function restored(
  state: AppState,
  kept: readonly Read[],
  loaded: ReadonlyMap<string, LoadedRun>,
  session: KeptSession | null,
  moments: Moments,
): Partial<AppState> {
  const withCurve = kept.flatMap(({ run }) => loaded.get(run.id)?.run ?? []);
  const library = kept.flatMap(({ run }) => (loaded.has(run.id) ? [] : [run]));
  const isStageFree = state.training.experiment === null;
  const order = session?.runs ?? [];
  const staged =
    isStageFree && session?.experiment
      ? withCurve.filter(({ id, state: is }) => is === 'ended' && order.includes(id))
      : [];
  const runs = staged.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const beside = withCurve.filter((run) => !runs.includes(run));
  return {
    library: [...library, ...state.library],
    elsewhere: new Set(kept.filter(({ run }) => run.state !== 'ended').map(({ run }) => run.id)),
    moments: new Map([...moments, ...state.moments]),
    imported: [...beside.filter(({ origin }) => origin !== 'here'), ...state.imported],
    archive: {
      ...state.archive,
      kept: [...beside.filter(({ origin }) => origin === 'here'), ...state.archive.kept],
    },
    ...(session && {
      view: { ...state.view, hidden: [...new Set([...session.hidden, ...state.view.hidden])] },
      prediction: state.prediction ?? session.prediction,
    }),
    ...(runs.length > 0 &&
      session?.experiment && {
        training: {
          ...noTraining,
          data: state.training.data,
          experiment: session.experiment,
          repeats: session.repeats,
          runs,
        },
        // The address names another experiment where it names one.
        ...(!state.edited && { draft: draftShowing(session.experiment), edited: true }),
      }),
  };
}

export function momentsByRun(entries: readonly CheckpointEntry[]): Moments {
  const moments = new Map<string, Moment[]>();
  for (const entry of entries) {
    const of = moments.get(entry.run);
    if (of) of.push(momentOf(entry));
    else moments.set(entry.run, [momentOf(entry)]);
  }
  return moments;
}

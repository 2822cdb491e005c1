/**
 * Keeps the runs of the page while they grow: follows the state, and writes what is new at the latest {@link BEAT} seconds later, in one
 * transaction with the checkpoints that these points lead to.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { KeptCheckpoint } from '../../protocol/protocol.ts';
import type { WallClock } from '../../model/clock.ts';
import { allRuns } from '../runs/allRuns.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moment, Moments } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { columnsBeyond, lengthsOf, noLengths, seriesKeys, type Lengths } from './columns.ts';
import type { CheckpointEntry, CheckpointKey, KeepDb, PointsPack } from './keepDb.ts';
import { faultOf, keepErrorOf } from './keepError.ts';
import { recordOf, runOfRecord, type RunRecord } from './runRecord.ts';
import { sessionOf } from './sessionRecord.ts';
import { superfluous } from './thinning.ts';

/** Seconds at most between a point and its writing. */
export const BEAT = 1.5;
/** Seconds until a writing that failed is tried again. */
const AGAIN = 10;
/** Bytes of checkpoints, of all runs, beyond which only the first and the last of a run are kept. */
export const MOST_CHECKPOINT_BYTES = 2e9;

/** Of checkpoints that wait for room so many bytes stay in memory, and the last of every run. */
const MOST_WAITING_BYTES = 2e8;

/** What is stored of a run. */
interface Written {
  readonly run: Run;
  readonly lengths: Lengths;
  readonly packs: number;
  /** When it was written. */
  readonly updated: number;
}

type Pending = Pick<KeptCheckpoint, 'step' | 'why' | 'evaluationDue' | 'file'> & { readonly run: string };

export interface KeeperServices {
  readonly now: WallClock;
  /** The load of the page, which trains the runs that are alive here. */
  readonly owner: string;
  readonly schedule: (callback: () => void, seconds: number) => () => void;
}

export class Keeper {
  readonly #written = new Map<string, Written>();
  #pending: Pending[] = [];
  #sessionWritten = '';
  #cancel: (() => void) | null = null;
  #flushing: Promise<void> | null = null;
  #isClosed = false;
  #isTouched = false;
  /** Runs that left the page because it holds too many: they stay in the list of all, without their curves. */
  readonly #shelved = new Map<string, Run>();

  constructor(
    private readonly db: KeepDb,
    private readonly store: StoreApi<AppState>,
    private readonly services: KeeperServices,
  ) {}

  /** What is stored of `run` already, in so many packs, and since when. */
  knows(run: Run, packs: number, updated: number): void {
    this.#written.set(run.id, { run, lengths: lengthsOf(run), packs, updated });
  }

  /** Whether anything of it is stored, as far as this page knows. */
  has(id: string): boolean {
    return this.#written.has(id);
  }

  /** Another page has taken it away: it is none of this page's any more. */
  forget(id: string): void {
    this.#written.delete(id);
  }

  /** Whether what is stored of a run is what this page read or wrote last. */
  isUpToDate({ id, updated }: RunRecord): boolean {
    return this.#written.get(id)?.updated === updated;
  }

  /** Says anew that what trains here does: where nothing else tells other pages. */
  touch(): Promise<void> {
    this.#isTouched = true;
    return this.flush();
  }

  /** Begins to follow the state. */
  follow(): void {
    this.store.subscribe((state, before) => {
      for (const run of leftForRoom(state, before)) this.#shelved.set(run.id, run);
      // What is begun is there at once: only of its points some may be lost.
      if (state.training.experiment !== before.training.experiment) void this.flush();
      else if (isOther(state, before)) this.#soon(BEAT);
    });
    this.#soon(BEAT);
  }

  keepCheckpoint(run: string, made: KeptCheckpoint): void {
    this.#pending.push({ run, ...made });
    this.#soon(BEAT);
  }

  /** Writes all that is new. Never rejects: whether it is kept stands in the state. */
  flush(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#cancel?.();
    this.#cancel = null;
    const before = this.#flushing ?? Promise.resolve();
    const flushing = before.then(() => this.#write());
    this.#flushing = flushing;
    return flushing;
  }

  /** Nothing is kept any more. */
  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.db.close();
  }

  #soon(seconds: number): void {
    if (this.#isClosed) return;
    this.#cancel ??= this.services.schedule(() => {
      this.#cancel = null;
      void this.flush();
    }, seconds);
  }

  async #write(): Promise<void> {
    const state = this.store.getState();
    const { now, owner } = this.services;
    const time = now();
    const shelved = [...this.#shelved.values()];
    const all = [...allRuns(state), ...(state.deleted?.runs.map(({ run }) => run) ?? []), ...shelved];
    // What another page trains is that page's to keep.
    const here = all.filter(({ id }) => !state.elsewhere.has(id));
    const isTouched = (run: Run) => this.#isTouched && run.state !== 'ended';
    const changed = here.filter((run) => run !== this.#written.get(run.id)?.run || isTouched(run));
    const news = changed.map((run) => this.#newsOf(run));
    const ids = new Set([...all, ...state.library].map(({ id }) => id));
    const removed = [...this.#written.keys()].filter((id) => !ids.has(id));
    const patched = state.library.filter((run) => run !== this.#written.get(run.id)?.run);
    const due = this.#dueCheckpoints(here);
    const { moments, dropped } = momentsWith(state.moments, due, removed);
    const session = sessionOf(state, owner);
    const isOtherSession = JSON.stringify(session) !== this.#sessionWritten;
    if (changed.length + removed.length + patched.length + due.length === 0 && !isOtherSession) return;
    try {
      const patches = patched.length > 0 ? await this.#patchesOf(patched) : [];
      await this.db.write({
        runs: [...changed.map((run) => recordOf(run, time, owner)), ...patches],
        packs: news.flatMap(({ pack }) => pack ?? []),
        rewritten: news.flatMap(({ isRewritten, run }) => (isRewritten ? [run.id] : [])),
        checkpoints: due
          .filter(({ run, step }) => !dropped.some(([id, at]) => id === run && at === step))
          .map(({ file, ...made }) => ({ entry: entryOf(made, file, time), file })),
        dropped,
        removed,
        ...(isOtherSession && { session }),
      });
    } catch (error) {
      this.#failed(error);
      return;
    }
    for (const { run, packs } of news) this.knows(run, packs, time);
    for (const run of patched) this.knows(run, 0, this.#written.get(run.id)?.updated ?? time);
    this.#isTouched = false;
    for (const id of removed) this.#written.delete(id);
    this.#pending = this.#pending.filter((one) => !due.includes(one));
    this.#sessionWritten = JSON.stringify(session);
    const listed = shelved.map((run) => runOfRecord(recordOf(run, time, owner)).run);
    for (const run of listed) {
      this.knows(run, 0, time);
      this.#shelved.delete(run.id);
    }
    this.store.setState(({ keeping, library }) => ({
      moments,
      ...(listed.length > 0 && { library: [...listed, ...library] }),
      ...(keeping.kind === 'failing' && { keeping: { kind: 'kept' } as const }),
    }));
  }

  #failed(error: unknown): void {
    const fault = faultOf(keepErrorOf(error));
    this.store.setState({ keeping: { kind: 'failing', fault } });
    this.#pending = fitting(this.#pending);
    this.#soon(AGAIN);
  }

  /** What of a run is not stored: the entries behind those that are, or, where it is another curve now, all of them. */
  #newsOf(run: Run) {
    const before = this.#written.get(run.id);
    const goesOn = before && seriesKeys.every((key) => continues(run[key], before.run[key]));
    const packs = goesOn ? before.packs : 0;
    const columns = columnsBeyond(run, goesOn ? before.lengths : noLengths);
    const pack: PointsPack | null = columns && { run: run.id, pack: packs, columns };
    return { run, pack, packs: packs + (pack ? 1 : 0), isRewritten: !goesOn };
  }

  /** The checkpoints whose points are known, of runs that are there. */
  #dueCheckpoints(runs: readonly Run[]): readonly Pending[] {
    const byId = new Map(runs.map((run) => [run.id, run]));
    this.#pending = this.#pending.filter(({ run }) => byId.has(run));
    return this.#pending.filter(({ run, step }) => byId.get(run)!.error.length >= step);
  }

  /** The records of runs whose curves are not loaded, with what a person may have changed of them. */
  async #patchesOf(runs: readonly Run[]): Promise<readonly RunRecord[]> {
    const records = await Promise.all(runs.map(({ id }) => this.db.record(id)));
    return runs.flatMap(({ name, tags, note, end }, i) => {
      const record = records[i];
      return record ? [{ ...record, name, tags: [...tags], note, end }] : [];
    });
  }
}

/** The checkpoints that go on waiting: the last of each run, and before them as many as there is memory for. */
function fitting(pending: readonly Pending[]): Pending[] {
  const last = new Map(pending.map((one) => [one.run, one]));
  let bytes = 0;
  return pending
    .toReversed()
    .filter((one) => (bytes += one.file.byteLength) <= MOST_WAITING_BYTES || last.get(one.run) === one)
    .toReversed();
}

/** The moments once `due` are written and `removed` runs are gone, and those that leave with that. */
function momentsWith(before: Moments, due: readonly Pending[], removed: readonly string[]) {
  const moments = new Map(before);
  for (const id of removed) moments.delete(id);
  const dropped: CheckpointKey[] = [];
  const bytes = [...moments.values()].flat().reduce((sum, moment) => sum + moment.bytes, 0);
  for (const { run, step, file, why, evaluationDue } of due) {
    const others = (moments.get(run) ?? []).filter((moment) => moment.step !== step);
    const added: Moment = { step, why, bytes: file.byteLength, evaluationDue };
    const all = [...others, added].sort((a, b) => a.step - b.step);
    const leaving = superfluous(all, bytes > MOST_CHECKPOINT_BYTES);
    dropped.push(...leaving.map((one) => [run, one] as const));
    moments.set(
      run,
      all.filter((moment) => !leaving.includes(moment.step)),
    );
  }
  return { moments, dropped };
}

const entryOf = (
  { run, step, why, evaluationDue }: Omit<Pending, 'file'>,
  file: ArrayBuffer,
  saved: number,
): CheckpointEntry => ({ run, step, why, evaluationDue, bytes: file.byteLength, saved });

/** Whether `series` is `before`, or has grown out of it. */
function continues(series: Run['loggedSteps'], before: Run['loggedSteps']): boolean {
  if (series === before) return true;
  if (!series || !before || before.length === 0) return (before?.length ?? 0) === 0;
  return series.length >= before.length && series.origin === before.origin;
}

/** Runs that went out of the archive without being deleted, or shown elsewhere on the page. */
function leftForRoom(state: AppState, before: AppState): readonly Run[] {
  if (state.archive === before.archive) return [];
  const deleted = state.deleted?.runs.map(({ run }) => run) ?? [];
  const there = new Set([...allRuns(state), ...state.library, ...deleted].map(({ id }) => id));
  return before.archive.kept.filter(({ id }) => !there.has(id) && !before.elsewhere.has(id));
}

/** Whether something changed that is kept. */
const isOther = (state: AppState, before: AppState): boolean =>
  state.training !== before.training ||
  state.archive !== before.archive ||
  state.imported !== before.imported ||
  state.library !== before.library ||
  state.deleted !== before.deleted ||
  state.prediction !== before.prediction ||
  state.view.hidden !== before.view.hidden;

/**
 * Keeps the runs of the page while they grow: follows the state, and writes what is new at the latest {@link BEAT} seconds later, in one
 * transaction with the checkpoints that these points lead to.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { KeptCheckpoint } from '../../protocol/protocol.ts';
import type { WallClock } from '../../model/clock.ts';
import { allRuns } from '../runs/allRuns.ts';
import { asideRun } from '../runs/asideRun.ts';
import { excessRuns } from '../runs/runArchive.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moments } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { columnsBeyond, continues, lengthsOf, noLengths, seriesKeys, type Lengths } from './columns.ts';
import type { KeepDb } from './keepDb.ts';
import type { CheckpointKey, PointsPack } from './stored.ts';
import { faultOf, KeepError, keepErrorOf } from './keepError.ts';
import { recordOf, type RunRecord } from './runRecord.ts';
import { sessionOf } from './sessionRecord.ts';
import { PictureChanges, type PendingPicture } from './pictureChanges.ts';
import { entryOf, fitting, momentsAfter, momentsWith, type Pending } from './momentChanges.ts';

/** Seconds at most between a point and its writing. */
export const BEAT = 1.5;
/** Seconds until a writing that failed is tried again. */
const AGAIN = 10;

/** What is stored of a run. */
interface Written {
  /** As it was when it was written. */
  readonly run: Run;
  /** With the series that are stored; null where they are not here. */
  readonly curve: Run | null;
  readonly lengths: Lengths;
  readonly packs: number;
  /** When it was written. */
  readonly updated: number;
}

export interface KeeperServices {
  readonly now: WallClock;
  /** The load of the page, which trains the runs that are alive here. */
  readonly owner: string;
  readonly schedule: (callback: () => void, seconds: number) => () => void;
}

export class Keeper {
  readonly #written = new Map<string, Written>();
  #pending: Pending[] = [];
  readonly #pictures = new PictureChanges();
  /** The moments that are stored. */
  #stored: Moments = new Map();
  #sessionWritten = '';
  #awaited: ReadonlySet<string> = new Set();
  #cancel: (() => void) | null = null;
  #flushing: Promise<void> | null = null;
  #isClosed = false;
  #isTouched = false;

  constructor(
    private readonly db: KeepDb,
    private readonly store: StoreApi<AppState>,
    private readonly services: KeeperServices,
  ) {}

  /** What is stored of `run` already, in so many packs, and since when. */
  knows(run: Run, packs: number, updated: number): void {
    const curve = run.summary ? null : run;
    this.#written.set(run.id, { run, curve, lengths: lengthsOf(run), packs, updated });
    this.#pictures.knows(run.views.flatMap(({ id, picture }) => (picture ? [[run.id, id] as const] : [])));
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

  /** These moments are stored already. */
  knowsMoments(moments: Moments): void {
    this.#stored = moments;
  }

  /** Runs that are about to be drawn again: they count as drawn already. */
  awaits(ids: readonly string[]): void {
    this.#awaited = new Set(ids);
  }

  /** Begins to follow the state. */
  follow(): void {
    this.store.subscribe((state, before) => {
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

  /** Writes the picture of a view together with the view itself. Rejects with {@link KeepError} if that fails, and why is in the state: nothing of it is written then. */
  async keepPicture(runs: readonly string[], view: string, file: ArrayBuffer): Promise<void> {
    const own = runs.map((run): PendingPicture => ({ key: [run, view], file }));
    this.#pictures.add(own);
    await this.flush();
    if (!this.#pictures.giveUp(own)) return;
    throw new KeepError('failed', 'The picture was not written.');
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
    const all = [...allRuns(state), ...state.library, ...(state.deleted?.runs.map(({ run }) => run) ?? [])];
    // What another page trains is that page's to keep.
    const here = all.filter(({ id }) => !state.elsewhere.has(id));
    const isTouched = (run: Run) => this.#isTouched && run.state !== 'ended';
    const others = here.filter((run) => run !== this.#written.get(run.id)?.run || isTouched(run));
    const changed = others.filter(({ summary }) => summary === null);
    const patched = others.filter(({ summary }) => summary !== null);
    const news = changed.map((run) => this.#newsOf(run));
    const ids = new Set(all.map(({ id }) => id));
    const removed = [...this.#written.keys()].filter((id) => !ids.has(id));
    const forgotten = this.#forgotten(state, ids);
    const due = this.#dueCheckpoints(here);
    const { added, dropped } = momentsWith(state.moments, due);
    const session = sessionOf(state, owner, this.#awaited);
    const isOtherSession = JSON.stringify(session) !== this.#sessionWritten;
    const pictures = this.#pictures.due(ids);
    const gone = this.#pictures.leaving(here, state);
    const isNothing = [changed, removed, patched, forgotten, due, pictures, gone].every((some) => some.length === 0); // prettier-ignore
    if (isNothing && !isOtherSession) {
      this.#putAside();
      return;
    }
    try {
      const patches = patched.length > 0 ? await this.#patchesOf(patched) : [];
      await this.db.write({
        runs: [...changed.map((run) => recordOf(run, time, owner)), ...patches],
        packs: news.flatMap(({ pack }) => pack ?? []),
        rewritten: news.flatMap(({ isRewritten, run }) => (isRewritten ? [run.id] : [])),
        checkpoints: due
          .filter(({ run, step }) => !dropped.some(([id, at]) => id === run && at === step))
          .map(({ file, ...made }) => ({ entry: entryOf(made, file, time), file })),
        dropped: [...dropped, ...forgotten],
        removed,
        pictures,
        droppedPictures: gone,
        ...(isOtherSession && { session }),
      });
    } catch (error) {
      this.#failed(error);
      return;
    }
    for (const { run, packs } of news) this.knows(run, packs, time);
    for (const run of patched) this.#patched(run);
    this.#isTouched = false;
    for (const id of removed) this.#written.delete(id);
    this.#pictures.written(pictures, gone, removed);
    this.#pending = this.#pending.filter((one) => !due.includes(one));
    this.#sessionWritten = JSON.stringify(session);
    this.#stored = momentsAfter(this.#stored, added, [...dropped, ...forgotten], removed);
    this.store.setState(({ keeping, moments }) => ({
      moments: momentsAfter(moments, added, dropped, removed),
      ...(keeping.kind === 'failing' && { keeping: { kind: 'kept' } as const }),
    }));
    this.#putAside();
  }

  /** A run whose curve is not here, or is about to leave, was written. */
  #patched(run: Run): void {
    const before = this.#written.get(run.id);
    const none = { curve: null, lengths: noLengths, packs: 0, updated: 0 };
    this.#written.set(run.id, { ...none, ...before, run });
  }

  /** The moments that are stored, and that a person has taken away for good. */
  #forgotten({ moments, deleted }: AppState, ids: ReadonlySet<string>): readonly CheckpointKey[] {
    if (moments === this.#stored) return [];
    const stays = (run: string, step: number) =>
      [moments, deleted?.moments].some((some) => some?.get(run)?.some((moment) => moment.step === step));
    return [...this.#stored].flatMap(([run, stored]) =>
      ids.has(run) && moments.get(run) !== stored
        ? stored.filter(({ step }) => !stays(run, step)).map(({ step }) => [run, step] as const)
        : [],
    );
  }

  /** Of runs that are too many for the memory and stored whole the curves leave: the hidden first, the oldest of them first. */
  #putAside(): void {
    const { archive, view } = this.store.getState();
    const hidden = new Set(view.hidden);
    const isStored = (run: Run) => this.#written.get(run.id)?.run === run && run.state === 'ended';
    const candidates = archive.kept
      .filter(isStored)
      .toSorted((a, b) => Number(hidden.has(b.id)) - Number(hidden.has(a.id)));
    const leaving = new Set(excessRuns(archive.kept, candidates));
    if (leaving.size === 0) return;
    const aside = [...leaving].map(asideRun);
    for (const run of aside) {
      this.#written.set(run.id, { ...this.#written.get(run.id)!, run, curve: null });
    }
    this.store.setState((state) => ({
      library: [...state.library, ...aside],
      archive: { ...state.archive, kept: state.archive.kept.filter((run) => !leaving.has(run)) },
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
    const curve = before?.curve;
    const goesOn = curve && seriesKeys.every((key) => continues(run[key], curve[key]));
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
    return runs.flatMap(({ name, tags, note, views, end }, i) => {
      const record = records[i];
      return record ? [{ ...record, name, tags: [...tags], note, views: [...views], end }] : [];
    });
  }
}

/** Whether something changed that is kept. */
const isOther = (state: AppState, before: AppState): boolean =>
  state.training !== before.training ||
  state.archive !== before.archive ||
  state.imported !== before.imported ||
  state.library !== before.library ||
  state.deleted !== before.deleted ||
  state.moments !== before.moments ||
  state.prediction !== before.prediction ||
  state.view.hidden !== before.view.hidden;

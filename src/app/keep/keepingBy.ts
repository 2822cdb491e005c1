/** What those who train runs ask of what keeps them. */
import type { StoreApi } from 'zustand/vanilla';
import { branchFile } from '../../model/branch.ts';
import { decodeCheckpoint } from '../../model/checkpoint.ts';
import { systemWallClock } from '../../model/clock.ts';
import type { Archives } from '../state/archives.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { archivesOf } from './archive/archivesOf.ts';
import type { Keeper } from './keeper.ts';
import type { KeepDb } from './keepDb.ts';
import { KeepError } from './keepError.ts';
import { loadRun, momentsOf } from './loadRun.ts';
import type { InTurn } from './inTurn.ts';
import type { IsElsewhere } from './owners.ts';
import { runOfRecord } from './runRecord.ts';

export function keepingBy(
  /** Null while nothing can be kept. */
  now: () => { readonly db: KeepDb; readonly keeper: Keeper } | null,
  store: StoreApi<AppState>,
  owner: string,
  elsewhere: () => Promise<IsElsewhere>,
  inTurn: InTurn,
): RunKeeping {
  const opened = () => {
    const open = now();
    if (open) return open;
    throw new KeepError('failed', 'What is kept in this browser cannot be read now.');
  };
  /** Null for a run whose curve is here. */
  const readKept = async (run: Run) => {
    if (run.summary === null) return null;
    const { db } = opened();
    const record = await db.record(run.id);
    if (!record) throw new KeepError('failed', `${run.name} is not there any more.`);
    return { loaded: await loadRun(db, run, record.isLogged), updated: record.updated };
  };
  const load = async (run: Run): Promise<Run> => {
    const kept = await readKept(run);
    if (!kept) return run;
    opened().keeper.knows(kept.loaded.run, kept.loaded.packs, kept.updated);
    return kept.loaded.run;
  };
  const fileOf = async (run: string, step: number): Promise<ArrayBuffer> => {
    const { db, keeper } = opened();
    await keeper.flush();
    const file = await db.file(run, step);
    if (!file) throw new KeepError('failed', `The moment after step ${step} is not there any more.`);
    return file;
  };
  /** Those of the database that is open. */
  let of: { readonly keeper: Keeper; readonly archives: Archives } | null = null;
  const archives = (): Archives => {
    const { db, keeper } = opened();
    if (of?.keeper !== keeper) {
      of = { keeper, archives: archivesOf(db, keeper, store, { owner, now: systemWallClock }, inTurn) };
    }
    return of.archives;
  };
  return {
    keepCheckpoint: (run, made) => now()?.keeper.keepCheckpoint(run, made),
    async checkpointOf(run, step, config) {
      const file = await fileOf(run, step);
      return config ? branchFile(file, config) : file;
    },
    stateOf: async (run, step) => (await decodeCheckpoint(await fileOf(run, step))).state,
    async claim(runs) {
      // Nobody else can read of it either.
      if (!now()) return Promise.all(runs.map(load));
      const { db, keeper } = opened();
      await keeper.flush();
      const isElsewhere = await elsewhere();
      const ids = runs.map(({ id }) => id);
      const records = await db.claim(ids, owner, (record) => !isElsewhere(record));
      if (!records) return null;
      return Promise.all(
        runs.map(async (run) => {
          const record = records.find(({ id }) => id === run.id);
          if (!record || keeper.isUpToDate(record)) return load(run);
          // Another tab has gone on with it meanwhile.
          const loaded = await loadRun(db, runOfRecord(record).run, record.isLogged);
          keeper.knows(loaded.run, loaded.packs, record.updated);
          const moments = await momentsOf(db, run.id);
          store.setState((state) => ({ moments: new Map([...state.moments, [run.id, moments]]) }));
          return loaded.run;
        }),
      );
    },
    load: (runs) => Promise.all(runs.map(load)),
    read: (runs) => Promise.all(runs.map(async (run) => (await readKept(run))?.loaded.run ?? run)),
    keepPicture: async (runs, view, file) => opened().keeper.keepPicture(runs, view, file),
    async pictureOf(run, view) {
      const { db } = opened();
      const file = await db.picture(run, view);
      if (!file) throw new KeepError('failed', 'The picture is not there any more.');
      return file;
    },
    archives: {
      sizes: async () => archives().sizes(),
      save: async (options) => archives().save(options),
      bringIn: async (file, name, waiting) => archives().bringIn(file, name, waiting),
    },
  };
}

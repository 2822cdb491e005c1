/** Opens what is kept, brings it back to the page, and keeps what comes. */
import { systemWallClock } from '../../model/clock.ts';
import type { App } from '../state/App.ts';
import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { Keeper } from './keeper.ts';
import { KeepDb } from './keepDb.ts';
import { faultOf, KeepError, keepErrorOf } from './keepError.ts';
import { loadRun, type LoadedRun } from './loadRun.ts';
import { holdOwner, livingOwners, locksHere } from './owners.ts';
import { restore } from './restore.ts';

export interface OpenKeep {
  readonly keeping: RunKeeping;
  /** Writes what is new at once: the page may be gone soon. */
  readonly flush: () => Promise<void>;
}

/** Null where nothing can be kept: the state says why. `owner` is this load of the page. */
export async function openKeep({ store }: Pick<App, 'store'>, owner: string): Promise<OpenKeep | null> {
  const off = (error: unknown) =>
    store.setState({ keeping: { kind: 'off', fault: faultOf(keepErrorOf(error)) } });
  const locks = locksHere();
  holdOwner(owner, locks);
  try {
    const db = await KeepDb.open((error) => {
      keeper.close();
      off(error);
    });
    const keeper = new Keeper(db, store, { now: systemWallClock, owner, schedule });
    const { damaged } = await restore(db, keeper, store, (records) =>
      livingOwners(records, systemWallClock(), locks),
    );
    store.setState({ keeping: { kind: 'kept' }, unreadable: damaged.length });
    keeper.follow();
    return { keeping: keepingBy(db, keeper), flush: () => keeper.flush() };
  } catch (error) {
    off(error);
    return null;
  }
}

function keepingBy(db: KeepDb, keeper: Keeper): RunKeeping {
  const read = async (run: Run): Promise<LoadedRun | null> => {
    if (run.summary === null) return null;
    const record = await db.record(run.id);
    if (!record) throw new KeepError('failed', `${run.name} is not there any more.`);
    return loadRun(db, run, record.isLogged);
  };
  const load = async (run: Run): Promise<Run> => {
    const loaded = await read(run);
    if (loaded) keeper.knows(loaded.run, loaded.packs);
    return loaded?.run ?? run;
  };
  return {
    keepCheckpoint: (run, made) => keeper.keepCheckpoint(run, made),
    async checkpointOf(run, step) {
      await keeper.flush();
      const file = await db.file(run, step);
      if (!file) throw new KeepError('failed', `The moment after step ${step} is not there any more.`);
      return file;
    },
    load: (runs) => Promise.all(runs.map(load)),
    read: (runs) => Promise.all(runs.map(async (run) => (await read(run))?.run ?? run)),
  };
}

function schedule(callback: () => void, seconds: number): () => void {
  const timer = setTimeout(callback, 1000 * seconds);
  return () => clearTimeout(timer);
}

/** Opens what is kept, brings it back to the page, and keeps what comes. */
import { systemWallClock } from '../../model/clock.ts';
import type { App } from '../state/App.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { Keeper } from './keeper.ts';
import { KeepDb } from './keepDb.ts';
import { faultOf, KeepError, keepErrorOf } from './keepError.ts';
import { keepingBy } from './keepingBy.ts';
import { holdOwner, locksHere, SIGN_OF_LIFE, whoLives } from './owners.ts';
import { restore } from './restore.ts';
import { LOOK, lookAtOthers } from './watchOthers.ts';

export interface OpenKeep {
  readonly keeping: RunKeeping;
  /** Writes what is new at once: the page may be gone soon. */
  readonly flush: () => Promise<void>;
}

/** Seconds until storage that was taken away is opened anew. */
const AGAIN = 10;

/** Null where nothing can be kept: the state says why. `owner` is this load of the page. */
export async function openKeep({ store }: Pick<App, 'store'>, owner: string): Promise<OpenKeep | null> {
  const off = (error: unknown) =>
    store.setState({ keeping: { kind: 'off', fault: faultOf(keepErrorOf(error)) } });
  const locks = locksHere();
  const elsewhere = () => whoLives(owner, systemWallClock, locks);
  holdOwner(owner, locks);

  async function open(): Promise<{ db: KeepDb; keeper: Keeper }> {
    const db = await KeepDb.open((error) => lost(error));
    return { db, keeper: new Keeper(db, store, { now: systemWallClock, owner, schedule }) };
  }

  /** The browser took the storage away, to make room or because a person cleared it: what is on the page is kept anew. */
  function lost(error: KeepError): void {
    now.keeper.close();
    off(error);
    // A newer page has it: this one must be loaded again.
    if (error.kind !== 'blocked') schedule(() => void reopen(), AGAIN);
  }
  async function reopen(): Promise<void> {
    try {
      now = await open();
      const there = new Set(await now.db.ids());
      // Their curves were there alone.
      store.setState(({ library }) => ({ library: library.filter(({ id }) => there.has(id)) }));
      now.keeper.follow();
      store.setState({ keeping: { kind: 'kept' } });
    } catch (error) {
      off(error);
      schedule(() => void reopen(), AGAIN);
    }
  }

  let now: { readonly db: KeepDb; readonly keeper: Keeper };
  try {
    now = await open();
    const { damaged } = await restore(now.db, now.keeper, store, await elsewhere());
    store.setState({ keeping: { kind: 'kept' }, unreadable: damaged.length });
    now.keeper.follow();
  } catch (error) {
    off(error);
    return null;
  }
  every(LOOK, async () => {
    if (store.getState().keeping.kind !== 'kept') return;
    // What was deleted here must not be found again.
    await now.keeper.flush();
    try {
      await lookAtOthers(now.db, now.keeper, store, await elsewhere());
    } catch (error) {
      // That the storage does not answer is told by what writes.
      if (!(error instanceof KeepError)) throw error;
    }
  });
  if (!locks) every(SIGN_OF_LIFE, () => now.keeper.touch());
  return {
    keeping: keepingBy(() => now, store, owner, elsewhere),
    flush: () => now.keeper.flush(),
  };
}

/** Again so many seconds after it was done. */
function every(seconds: number, work: () => Promise<void>): void {
  const again = () => void work().finally(() => schedule(again, seconds));
  schedule(again, seconds);
}

function schedule(callback: () => void, seconds: number): () => void {
  const timer = setTimeout(callback, 1000 * seconds);
  return () => clearTimeout(timer);
}

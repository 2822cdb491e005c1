/** Opens what is kept, brings it back to the page, and keeps what comes. */
import { systemWallClock } from '../../model/clock.ts';
import type { App } from '../state/App.ts';
import type { RunKeeping } from '../state/keeping.ts';
import { Keeper } from './keeper.ts';
import { KeepDb } from './keepDb.ts';
import { faultOf, KeepError, keepErrorOf } from './keepError.ts';
import { takingTurns } from './inTurn.ts';
import { keepingBy } from './keepingBy.ts';
import { holdOwner, locksHere, SIGN_OF_LIFE, whoLives } from './owners.ts';
import { restore } from './restore.ts';
import { LOOK, lookAtOthers } from './watchOthers.ts';
import { undoUnfinished } from './unfinished.ts';

export interface OpenKeep {
  readonly keeping: RunKeeping;
  /** Writes what is new at once: the page may be gone soon. */
  readonly flush: () => Promise<void>;
}

/** What is open now; null while nothing can be kept. */
interface Opened {
  readonly db: KeepDb;
  readonly keeper: Keeper;
}

/** Seconds until storage that was taken away, or had no room, is opened anew. */
const AGAIN = 10;

/** Never rejects: what is kept, and why nothing is, stands in the state. `owner` is this load of the page. */
export async function openKeep({ store }: Pick<App, 'store'>, owner: string): Promise<OpenKeep> {
  const locks = locksHere();
  const elsewhere = () => whoLives(owner, systemWallClock, locks);
  const inTurn = takingTurns();
  let now: Opened | null = null;
  let isRestored = false;
  holdOwner(owner, locks);

  async function open(): Promise<void> {
    const db = await KeepDb.open(off);
    await undoUnfinished(db, await elsewhere());
    const keeper = new Keeper(db, store, { now: systemWallClock, owner, schedule });
    if (isRestored) {
      const there = new Set(await db.ids());
      // Their curves were in what was taken away, and nowhere else.
      store.setState(({ library }) => ({ library: library.filter(({ id }) => there.has(id)) }));
    } else {
      const { damaged, drawn } = await restore(db, keeper, store, await elsewhere());
      store.setState({ unreadable: damaged.length });
      isRestored = true;
      void drawn.then((torn) => {
        // Where the storage was taken away meanwhile, that is no fault of what lies in it.
        if (now?.db === db) store.setState({ unreadable: damaged.length + torn.length });
      });
    }
    now = { db, keeper };
    store.setState({ keeping: { kind: 'kept' } });
    keeper.follow();
  }

  /** Nothing is kept from now on, or not yet. What may come back is waited for. */
  function off(error: unknown): void {
    now?.keeper.close();
    now = null;
    const fault = faultOf(keepErrorOf(error));
    store.setState({ keeping: { kind: 'off', fault } });
    if (fault.kind === 'full' || fault.kind === 'failed') schedule(() => void open().catch(off), AGAIN);
  }

  await open().catch(off);
  async function lookNow(): Promise<void> {
    if (!now || store.getState().keeping.kind !== 'kept') return;
    const { db, keeper } = now;
    // What was deleted here must not be found again.
    await keeper.flush();
    try {
      await lookAtOthers(db, keeper, store, await elsewhere());
    } catch (error) {
      // That the storage does not answer is told by what writes.
      if (!(error instanceof KeepError)) throw error;
    }
  }
  every(LOOK, () => inTurn(lookNow));
  if (!locks) every(SIGN_OF_LIFE, () => now?.keeper.touch() ?? Promise.resolve());
  return {
    keeping: keepingBy(() => now, store, owner, elsewhere, inTurn),
    flush: () => now?.keeper.flush() ?? Promise.resolve(),
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

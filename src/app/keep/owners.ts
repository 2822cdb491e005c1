/** Who trains a run: a load of the page, for as long as it lives. Told by Web Locks, and where there are none by when it last wrote. */
import type { WallClock } from '../../model/clock.ts';
import type { RunRecord } from './runRecord.ts';

const lockName = (owner: string) => `residual-playground/load/${owner}`;

/** Milliseconds after which a page that has written nothing of a run that it trains is taken to be gone. */
const SILENCE = 15_000;
/** Seconds between two signs of life of a page without Web Locks. */
export const SIGN_OF_LIFE = 5;

export type Locks = Pick<LockManager, 'request' | 'query'>;

/** Absent where the page came over plain http from another machine. */
export const locksHere = (): Locks | null => ('locks' in navigator ? navigator.locks : null);

/** Is known as `owner` from now on until the page is gone. */
export function holdOwner(owner: string, locks: Locks | null): void {
  // Never given back: the browser does, when the page is gone.
  void locks?.request(lockName(owner), () => new Promise(() => undefined)).catch(() => undefined);
}

/** Whether a page other than this one trains the run of a record. */
export type IsElsewhere = (record: Pick<RunRecord, 'owner' | 'updated'>) => boolean;

/** Who lives now, seen from the page called `self`. */
export async function whoLives(self: string, now: WallClock, locks: Locks | null): Promise<IsElsewhere> {
  const held = await locks?.query().then(
    (snapshot) => new Set(snapshot.held?.map(({ name }) => name)),
    () => null,
  );
  const time = now();
  return ({ owner, updated }) => {
    if (owner === null || owner === self) return false;
    return held ? held.has(lockName(owner)) : Math.abs(time - updated) < SILENCE;
  };
}

/** Who trains a run: a load of the page, for as long as it lives. Told by Web Locks, and where there are none by when it last wrote. */
import type { RunRecord } from './runRecord.ts';

const lockName = (owner: string) => `residual-playground/load/${owner}`;

/** Milliseconds after which a page that has written nothing of a run that it trains is taken to be gone. */
const SILENCE = 15_000;

type Locks = Pick<LockManager, 'request' | 'query'>;

/** Absent where the page came over plain http from another machine. */
export const locksHere = (): Locks | null => ('locks' in navigator ? navigator.locks : null);

/** Is known as `owner` from now on until the page is gone. */
export function holdOwner(owner: string, locks: Locks | null): void {
  // Never given back: the browser does, when the page is gone.
  void locks?.request(lockName(owner), () => new Promise(() => undefined)).catch(() => undefined);
}

/** Those of the owners of `records` that live. */
export async function livingOwners(
  records: readonly Pick<RunRecord, 'owner' | 'updated'>[],
  now: number,
  locks: Locks | null,
): Promise<ReadonlySet<string>> {
  const owners = records.flatMap(({ owner, updated }) => (owner === null ? [] : [{ owner, updated }]));
  if (owners.length === 0) return new Set();
  const held = await locks?.query().then(
    (snapshot) => new Set(snapshot.held?.map(({ name }) => name)),
    () => null,
  );
  const lives = ({ owner, updated }: (typeof owners)[number]) =>
    held ? held.has(lockName(owner)) : Math.abs(now - updated) < SILENCE;
  return new Set(owners.filter(lives).map(({ owner }) => owner));
}

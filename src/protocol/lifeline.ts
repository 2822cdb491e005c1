/**
 * How a page learns for certain that a worker is gone, however it ended: the worker holds a lock for as long as it lives, and the page
 * waits for that lock. Where there are no locks (no secure context, or storage is blocked) it learns nothing, and the worker is silent.
 */

type Locks = Pick<LockManager, 'request'>;

/** The page's side. */
export interface Lifeline {
  /** A name for a worker to hold, like no other; undefined where there are no locks. */
  name(): string | undefined;
  /** Calls back once the worker that holds `name` is gone. Gives what ends the watch. */
  watch(name: string, gone: () => void): () => void;
}

export const lifeline = (locks: Locks | null = locksHere()): Lifeline => ({
  name: () => (locks ? `residual-playground worker ${crypto.randomUUID()}` : undefined),
  watch(name, gone) {
    const left = new AbortController();
    const { signal } = left;
    locks?.request(name, { signal }, () => {
      if (!signal.aborted) gone();
    }).catch(() => undefined); // prettier-ignore
    return () => left.abort();
  },
});

/** The worker's side: holds `name` until the worker ends. Resolves once it is held, and never where it cannot be. */
export function holdLife(name: string, locks: Locks | null = locksHere()): Promise<void> {
  return new Promise((held) => {
    const forEver = new Promise<never>(() => undefined);
    locks?.request(name, () => {
      held();
      return forEver;
    }).catch(() => undefined); // prettier-ignore
  });
}

/** The locks of this page or worker; null where there are none. */
export function locksHere(): LockManager | null {
  const { navigator } = globalThis as { navigator?: { locks?: LockManager } };
  return navigator?.locks ?? null;
}

import type { TakeTurn } from '../../training/firstTurn.ts';
import { locksHere } from '../../protocol/lifeline.ts';

/** Who gets ready ahead does not keep a run waiting that is ready. */
export type Turn = 'getting-ready' | 'first-step';

/**
 * Waits until no other worker of the page's origin is at such a turn, or until it is aborted, and gives what ends this one; a
 * worker that dies ends its own. Without locks (a page whose storage is blocked) there is nothing to wait for.
 */
export function takeTurn(
  turn: Turn,
  signal: Parameters<TakeTurn>[0],
  locks: Pick<LockManager, 'request'> | null = locksHere(),
): ReturnType<TakeTurn> {
  const free = () => undefined;
  if (!locks) return Promise.resolve(free);
  return new Promise((resolve) => {
    const held = () => new Promise<void>((end) => resolve(end));
    locks.request(`residual-playground ${turn}`, { signal }, held).catch(() => resolve(free));
  });
}

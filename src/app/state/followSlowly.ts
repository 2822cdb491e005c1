import type { StoreApi } from 'zustand/vanilla';
import { atBeat } from './paintClock.ts';

export interface SlowOptions<T> {
  /** A change of what it gives does not wait. */
  readonly urgentKey?: ((value: T) => string) | undefined;
  /** What is the same as the last value that was shown is no change; by default, only the very same is. */
  readonly isSame?: ((a: T, b: T) => boolean) | undefined;
}

/**
 * Shows a part of a state at once, and then again when it is another, about once in `period` milliseconds, in step with all others
 * (paintClock.ts). The first change after a rest is shown at once, and the last change always arrives. Between, nothing is selected
 * unless there is an `urgentKey`. Gives what ends it.
 */
export function followSlowly<S, T>(
  store: Pick<StoreApi<S>, 'getState' | 'subscribe'>,
  select: (state: S) => T,
  show: (value: T) => void,
  period: number,
  { urgentKey, isSame = Object.is }: SlowOptions<T> = {},
): () => void {
  let shown = select(store.getState());
  let cancel = atBeat(period, rest);
  let isResting = false;
  let isStale = false;
  show(shown);

  function change(value: T): void {
    if (!isResting) cancel();
    [shown, isResting, isStale] = [value, false, false];
    cancel = atBeat(period, rest);
    show(value);
  }
  function rest(): void {
    isResting = true;
    if (!isStale) return;
    isStale = false;
    const now = select(store.getState());
    if (!isSame(shown, now)) change(now);
  }
  const unsubscribe = store.subscribe((state) => {
    if (!isResting && !urgentKey) {
      isStale = true;
      return;
    }
    const now = select(state);
    if (isSame(shown, now)) return;
    if (isResting || urgentKey?.(now) !== urgentKey?.(shown)) change(now);
    else isStale = true;
  });
  return () => {
    unsubscribe();
    cancel();
  };
}

/** How the page's components reach the store and what can be done to it. */
import { createContext, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand/react';
import { atBeat } from '../pulse.ts';
import type { App } from '../App.ts';
import type { AppState } from '../AppState.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('this component stands outside of AppContext');
  return app;
}

/** A part of the state; the component is drawn again when that part is another. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}

/**
 * A part of the state, about once in `period` milliseconds, in step with all others (pulse.ts): for what is costly to draw while
 * training runs. The first change after a rest is shown at once, and the last change always arrives. A change of what `urgentKey` gives
 * does not wait either. `select` and `urgentKey` must be the same functions at every call.
 */
export function useSlowAppState<T>(
  select: (state: AppState) => T,
  period: number,
  urgentKey?: (value: T) => string,
): T {
  const { store } = useApp();
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let cancel: (() => void) | null = null;
    let isStale = false;
    const show = () => {
      isStale = false;
      cancel?.();
      cancel = atBeat(period, rest);
      const now = select(store.getState());
      setValue(() => now);
    };
    const rest = () => {
      cancel = null;
      if (isStale) show();
    };
    show();
    const unsubscribe = store.subscribe((state, before) => {
      const [now, then] = [select(state), select(before)];
      if (now === then) return;
      if (cancel === null || (urgentKey && urgentKey(now) !== urgentKey(then))) show();
      else isStale = true;
    });
    return () => {
      unsubscribe();
      cancel?.();
    };
  }, [store, select, period, urgentKey]);
  return value;
}

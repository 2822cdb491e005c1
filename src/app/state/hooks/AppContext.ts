/** How the page's components reach the store and what can be done to it. */
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { followSlowly, type SlowOptions } from '../followSlowly.ts';
import type { App } from '../App.ts';
import type { AppState } from '../AppState.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('this component stands outside of AppContext');
  return app;
}

/**
 * A part of the state; the component is drawn again when that part is another. By default, only the very same is the same; with
 * `isSame`, it and `select` must be the same functions at every call.
 */
export function useAppState<T>(select: (state: AppState) => T, isSame?: (a: T, b: T) => boolean): T {
  const selectAgain = useMemo(() => (isSame ? keepingSame(select, isSame) : select), [select, isSame]);
  return useStore(useApp().store, selectAgain);
}

/** The last value selected, as long as it is the same. */
function keepingSame<S, T>(select: (state: S) => T, isSame: (a: T, b: T) => boolean): (state: S) => T {
  let last: { readonly value: T } | null = null;
  return (state) => {
    const value = select(state);
    if (!last || !isSame(last.value, value)) last = { value };
    return last.value;
  };
}

/**
 * A part of the state, about once in `period` milliseconds (followSlowly.ts): for what is costly to draw while training runs. All
 * functions must be the same at every call.
 */
export function useSlowAppState<T>(
  select: (state: AppState) => T,
  period: number,
  { urgentKey, isSame = Object.is }: SlowOptions<T> = {},
): T {
  const { store } = useApp();
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    const show = (now: T) => setValue((before) => (isSame(before, now) ? before : now));
    return followSlowly(store, select, show, period, { urgentKey, isSame });
  }, [store, select, period, urgentKey, isSame]);
  return value;
}

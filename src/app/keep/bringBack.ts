/** What was drawn is drawn again: its curves come once the page knows of all runs. */
import type { StoreApi } from 'zustand/vanilla';
import { fromLibrary, outOfLibrary } from '../runs/outOfLibrary.ts';
import type { AppState } from '../state/AppState.ts';
import type { KeepDb } from './keepDb.ts';
import type { Keeper } from './keeper.ts';
import { loadRun, type LoadedRun } from './loadRun.ts';
import type { RunRecord } from './runRecord.ts';

/** Runs whose curves are read together: they are drawn as they come. */
const TOGETHER = 20;

/**
 * Reads the curves of runs that are in the library, those of `records` one after the other, a few together. What a person has hidden, shown
 * or deleted meanwhile stays as it is. Resolves to the ids of those that cannot be read: they stay in the library.
 */
export async function bringBack(
  db: KeepDb,
  keeper: Keeper,
  store: StoreApi<AppState>,
  records: readonly RunRecord[],
): Promise<readonly string[]> {
  const damaged: string[] = [];
  keeper.awaits(records.map(({ id }) => id));
  for (let at = 0; at < records.length; at += TOGETHER) {
    const { library, view } = store.getState();
    const aside = new Map(library.map((run) => [run.id, run]));
    const loaded = await Promise.all(
      records.slice(at, at + TOGETHER).map(async ({ id, isLogged, updated }): Promise<LoadedRun | null> => {
        const run = aside.get(id);
        if (!run || view.hidden.includes(id)) return null;
        try {
          const one = await loadRun(db, run, isLogged);
          keeper.knows(one.run, one.packs, updated);
          return one;
        } catch {
          damaged.push(id);
          return null;
        }
      }),
    );
    store.setState((state) => outOfLibrary(state, fromLibrary(state, loaded.flatMap((one) => one?.run ?? [])))); // prettier-ignore
  }
  keeper.awaits([]);
  return damaged;
}

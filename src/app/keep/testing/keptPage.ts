/** A page without anything to see, whose runs are kept in an imagined IndexedDB, by a clock that a test turns. */
import 'fake-indexeddb/auto';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeptCheckpoint } from '../../../protocol/protocol.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Run } from '../../state/run.ts';
import { freshApp } from '../../testing/freshApp.ts';
import { KeepDb } from '../keepDb.ts';
import { Keeper } from '../keeper.ts';
import { lookAtOthers } from '../watchOthers.ts';
import { restore } from '../restore.ts';
import type { IsElsewhere } from '../owners.ts';
import { experiment } from '../../runs/testing/anyRuns.ts';

/** Of all pages. */
let time = 1000;

export const nobody: IsElsewhere = () => false;

/** The state of a page on which nothing has happened. */
export function freshStore(): StoreApi<AppState> {
  const { store } = freshApp();
  return createStore<AppState>()(() => store.getState());
}

export async function keptPage(name: string, owner = 'this page', db?: KeepDb) {
  const store = freshStore();
  const own = db ?? (await KeepDb.open(() => undefined, name));
  const waiting: { callback: () => void; seconds: number }[] = [];
  const keeper = new Keeper(own, store, {
    now: () => time++,
    owner,
    schedule(callback, seconds) {
      const one = { callback, seconds };
      waiting.push(one);
      return () => void waiting.splice(waiting.indexOf(one), 1);
    },
  });
  return {
    store,
    db: own,
    keeper,
    /** What is to happen, and in how many seconds. */
    waiting,
    state: () => store.getState(),
    stage: (...runs: readonly Run[]) =>
      store.setState(({ training }) => ({ training: { ...training, experiment, runs } })),
    /** Until all is drawn. */
    restore: async (isElsewhere = nobody) => {
      const { damaged, drawn } = await restore(own, keeper, store, isElsewhere);
      return { damaged: [...damaged, ...(await drawn)] };
    },
    look: (isElsewhere = nobody) => lookAtOthers(own, keeper, store, isElsewhere),
  };
}

/** A moment whose file is `bytes` long. */
export const madeAt = (step: number, why: KeptCheckpoint['why'] = 'ladder', bytes = 8): KeptCheckpoint => ({
  step,
  why,
  evaluationDue: false,
  file: new ArrayBuffer(bytes),
});

/** What this browser keeps of the page and of its data. */
import type { StoreApi } from 'zustand/vanilla';
import { createDataKeeping } from '../../client/keptData.ts';
import type { AppState } from '../state/AppState.ts';
import { createKeptData } from './keptData.ts';
import type { Offline } from './OfflineContext.ts';
import { pageWorkerHere } from './pageWorkerHere.ts';

/** Keeps the dataset at `url`, an absolute address. */
export function offlineHere(store: StoreApi<AppState>, url: string): Offline {
  /** Absent where the page came over plain http from another machine. */
  const { storage } = navigator as { readonly storage?: StorageManager };
  return {
    worker: pageWorkerHere(store),
    data: createKeptData(createDataKeeping(url), () => storage?.persist() ?? Promise.resolve(false)),
  };
}

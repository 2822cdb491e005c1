import { createContext } from 'react';
import type { KeptDataActions } from './keptData.ts';
import type { PageWorker } from './pageWorker.ts';

export interface Offline {
  readonly worker: PageWorker;
  readonly data: KeptDataActions;
}

/** Null where nothing is kept: in tests, and where a page stands by itself. */
export const OfflineContext = createContext<Offline | null>(null);

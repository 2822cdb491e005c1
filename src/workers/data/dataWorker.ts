/** The data worker: wiring only. */
import { createDataHandler } from './dataHandler.ts';
import { shardStoreHere } from '../../data/shardStore.ts';
import { holdLife } from '../../protocol/lifeline.ts';
import type { DataCommand } from '../../protocol/protocol.ts';

const handle = createDataHandler(
  (message) => self.postMessage(message),
  (url, init) => fetch(url, init),
  {
    isOffline: () => !navigator.onLine,
    onBack: (callback) => self.addEventListener('online', callback),
  },
  holdLife,
  shardStoreHere(),
);
self.addEventListener('message', ({ data }: MessageEvent<DataCommand>) => handle(data));

/** The worker that keeps the dataset in this browser: wiring only. */
import { createKeepDataHandler } from './keepDataHandler.ts';
import { shardStoreHere } from '../../data/shardStore.ts';
import type { KeepCommand } from '../../protocol/keptData.ts';

const handle = createKeepDataHandler(
  (message) => self.postMessage(message),
  (url, init) => fetch(url, init),
  shardStoreHere(),
  async () => {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : quota - usage;
  },
);
self.addEventListener('message', ({ data }: MessageEvent<KeepCommand>) => void handle(data));

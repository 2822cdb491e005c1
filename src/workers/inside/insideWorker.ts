/** The worker that looks into nets: wiring only. */
import { openDataset } from '../../data/dataset.ts';
import { shardStoreHere } from '../../data/shardStore.ts';
import { imagesOf } from '../../inside/images.ts';
import type { InsideCommand, InsideMessage } from '../../protocol/inside.ts';
import { openWorkerOps } from '../openWorkerOps.ts';
import { computation } from './computations.ts';
import { createInsideHandler } from './insideHandler.ts';

/** Lanes that train have the other threads. */
const THREADS = 1;

const handle = createInsideHandler({
  post: (message: InsideMessage) => self.postMessage(message),
  openOps: (device, onFailure) => openWorkerOps({ ...device, threads: THREADS }, onFailure),
  imagesAt: (url) =>
    imagesOf(() => openDataset({ url, fetch: (file, init) => fetch(file, init), store: shardStoreHere() })),
  computation,
  breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
});
self.addEventListener('message', ({ data }: MessageEvent<InsideCommand>) => handle(data));

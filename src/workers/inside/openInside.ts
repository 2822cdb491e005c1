/** What a worker that looks into nets does with its commands: wiring only. */
import { openDataset } from '../../data/dataset.ts';
import { shardStoreHere } from '../../data/shardStore.ts';
import { imagesOf } from '../../inside/images.ts';
import type { InsideMessage } from '../../protocol/inside.ts';
import { openWorkerOps } from '../openWorkerOps.ts';
import { computation } from './computations.ts';
import { createInsideHandler } from './insideHandler.ts';

/** Lanes that train have the other threads. */
const THREADS = 1;

export const handleInside = createInsideHandler({
  post: (message: InsideMessage) => self.postMessage(message),
  openOps: (device, onFailure) => openWorkerOps({ ...device, threads: THREADS }, onFailure),
  imagesAt: (url) =>
    imagesOf(() => openDataset({ url, fetch: (file, init) => fetch(file, init), store: shardStoreHere() })),
  computation,
  breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
});

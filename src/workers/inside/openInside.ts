/** What a worker that looks into nets does with its commands: wiring only. */
import { openDataset } from '../../data/dataset.ts';
import { shardStoreHere } from '../../data/shardStore.ts';
import { imagesOf } from '../../inside/images.ts';
import { systemClock } from '../../model/clock.ts';
import type { InsideMessage } from '../../protocol/inside.ts';
import { openWorkerOps } from '../openWorkerOps.ts';
import { computation } from './computations.ts';
import { createInsideHandler } from './insideHandler.ts';

export const handleInside = createInsideHandler({
  post: (message: InsideMessage) => self.postMessage(message),
  openOps: (device, onFailure) => openWorkerOps(device, onFailure, { threadsLater: true }),
  clock: systemClock,
  imagesAt: (url) =>
    imagesOf(() => openDataset({ url, fetch: (file, init) => fetch(file, init), store: shardStoreHere() })),
  computation,
  breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
});

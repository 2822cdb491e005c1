/** The composition root: the page with its real client and its real device. */
import { createExperimentClient } from '../client/client.ts';
import { chooseDevice } from '../client/device/deviceProbe.ts';
import { createDataKeeping } from '../client/keptData.ts';
import { createTrainWorkerPool } from '../client/trainWorkerPool.ts';
import { insideLater } from './insideLater.ts';
import { measureLater } from './measureLater.ts';
import { mountApp } from './mountApp.tsx';
import { createKeptData } from './offline/keptData.ts';
import { pageWorkerHere } from './offline/pageWorkerHere.ts';

const pool = createTrainWorkerPool();
const address = new URLSearchParams(location.search);
const dataset = new URL('datasets/cifar10/', document.baseURI).href;
/** Absent where the page came over plain http from another machine. */
const { storage } = navigator as { readonly storage?: StorageManager };

mountApp({
  client: createExperimentClient(dataset, pool),
  inside: insideLater(dataset),
  chooseDevice: (lanes, failed) =>
    chooseDevice({ asked: address.get('backend'), precision: address.get('precision'), lanes, failed }),
  ...measureLater(pool),
  keepOffline: (store) => ({
    worker: pageWorkerHere(store),
    data: createKeptData(createDataKeeping(dataset), () => storage?.persist() ?? Promise.resolve(false)),
  }),
});

/** The composition root: the page with its real client and its real device. */
import { createExperimentClient } from '../client/client.ts';
import { chooseDevice } from '../client/device/deviceProbe.ts';
import { createTrainWorkerPool } from '../client/trainWorkerPool.ts';
import { insideLater } from './insideLater.ts';
import { measureLater } from './measureLater.ts';
import { mountApp } from './mountApp.tsx';
import { awaitPart } from './ui/parts/awaitPart.ts';
import { createPart } from './ui/parts/part.ts';

const pool = createTrainWorkerPool();
const address = new URLSearchParams(location.search);
const dataset = new URL('datasets/cifar10/', document.baseURI).href;
/** What keeps the page for use without a network does so in a quiet moment. */
const offline = createPart('offlineHere', () => import('./offline/offlineHere.ts'));

mountApp({
  client: createExperimentClient(dataset, pool),
  inside: insideLater(dataset),
  chooseDevice: (lanes, failed) =>
    chooseDevice({ asked: address.get('backend'), precision: address.get('precision'), lanes, failed }),
  ...measureLater(pool),
  keepOffline: async (store) => (await awaitPart(offline)).offlineHere(store, dataset),
});

/** The composition root: the page with its real client and its real device. */
import { createExperimentClient } from '../client/client.ts';
import { chooseDevice } from '../client/device/deviceProbe.ts';
import { measureSpeed, measureThreads } from '../client/device/measureBackend.ts';
import { createTrainWorkerPool } from '../client/trainWorkerPool.ts';
import { mountApp } from './mountApp.tsx';

const pool = createTrainWorkerPool();
const address = new URLSearchParams(location.search);

mountApp({
  client: createExperimentClient(new URL('datasets/cifar10/', document.baseURI).href, pool),
  chooseDevice: (lanes, failed) =>
    chooseDevice({ asked: address.get('backend'), precision: address.get('precision'), lanes, failed }),
  measureSpeed: (device, lanes, signal) => measureSpeed(pool, device, lanes, signal),
  measureThreads: (lanes, signal) => measureThreads(pool, lanes, signal),
});

/** The composition root: the page with its real client and its real device. */
import { createExperimentClient } from '../workers/client.ts';
import { chooseDevice } from '../workers/deviceProbe.ts';
import { measureSpeed } from '../workers/measureBackend.ts';
import { mountApp } from './mountApp.tsx';

mountApp({
  client: createExperimentClient(new URL('datasets/cifar10/', document.baseURI).href),
  chooseDevice: (lanes) =>
    chooseDevice({ asked: new URLSearchParams(location.search).get('backend'), lanes }),
  measureSpeed,
});

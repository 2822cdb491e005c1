/**
 * The page on a client that trains nothing, for looking at it: `npx vite`, then /src/app/testing/fake.html with
 * ?device=gpu, ?speed=20, ?history=20000, ?loading=40, ?hold=180, ?slow=50, ?diverge=plain-56:120, ?moments=40, ?fail=data, ?fail=network, ?fail=device or ?waits=version.
 */
import { mountApp } from '../mountApp.tsx';
import type { DeviceChoice } from '../../protocol/protocol.ts';
import { createKeptData } from '../offline/keptData.ts';
import { createFakeClient } from './fakeClient.ts';

const asked = new URLSearchParams(location.search);
const [lane, step] = (asked.get('diverge') ?? '').split(':');

const kept = { shards: 22, bytes: 47_500_000, allShards: 60, allBytes: 129_500_000 };
const pageWorker = { newVersion: asked.get('waits') === 'version', isolates: false };
const look = () => Promise.resolve(kept);

const devices: Readonly<Record<string, DeviceChoice>> = {
  gpu: { backend: 'webgpu', threads: 1, hardware: 'Apple M2', software: false, reason: 'hardware-webgpu' },
  cpu: { backend: 'wasm', threads: 2, hardware: '', software: true, reason: 'software-adapter' },
};

mountApp({
  client: createFakeClient({
    every: (tick) => {
      const timer = setInterval(tick, 100);
      return () => clearInterval(timer);
    },
    stepsPerTick: Number(asked.get('speed') ?? 5),
    history: Number(asked.get('history') ?? 0),
    loading: Number(asked.get('loading') ?? 0),
    ...(asked.has('hold') && { holdAt: Number(asked.get('hold')) }),
    ...(asked.has('moments') && { momentEvery: Number(asked.get('moments')) }),
    failing: asked.get('fail') === 'data',
    offline: asked.get('fail') === 'network',
    ...(lane && { divergeAt: { [lane]: Number(step) } }),
  }),
  chooseDevice: () => {
    if (asked.get('fail') === 'device') {
      const error = new Error('This browser has no WebGPU.');
      error.name = 'DeviceError';
      return Promise.reject(error);
    }
    return Promise.resolve(devices[asked.get('device') ?? 'cpu'] ?? devices['cpu']!);
  },
  keepOffline: () =>
    Promise.resolve({
      worker: {
        state: () => pageWorker,
        subscribe: () => () => undefined,
        loadAgain: () => Promise.resolve(),
      },
      data: createKeptData({ look, keep: look, remove: look }, () => Promise.resolve(true)),
    }),
  measureThreads: () => Promise.resolve({ threads: 2, tried: 2, gain: 1.6 }),
  measureSpeed: async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const slow = Number(asked.get('slow') ?? 1);
    const rates = { perLayer: 2e-4 * slow, perActivation: 1e-9 * slow, perMultiplyAdd: 2e-10 * slow };
    return { rates, lanesAtOnce: 2 };
  },
});

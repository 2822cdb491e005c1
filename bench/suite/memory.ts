import type { Benchmark } from '../benchmark.ts';
import { openBrowser } from '../hosts/browser.ts';
import type { Measurement } from '../result.ts';
import { createSpecimen, type Entry } from '../rivals/specimen.ts';
import { measureGraph, trainingBytes } from '../../src/model/shapes.ts';
import { nameOfNet } from './heats.ts';

const STEPS = 500;
/** SGD with momentum keeps one number for each parameter. */
const OPTIMIZER_STATES = 1;

const small = { depth: 8, width: 8, batchSize: 16 };
const tiny = { depth: 8, width: 2, batchSize: 2 };
const flat: readonly Entry[] = [
  { rival: 'ours', backend: 'wasm', threads: 1, net: small },
  { rival: 'ours', backend: 'wasm', threads: 2, net: small },
  { rival: 'ours', backend: 'webgpu', threads: 1, net: small },
  // Without kernels of our own, and without a GPU, these take many times as long.
  { rival: 'ours', backend: 'webgl', threads: 1, net: tiny },
  { rival: 'ours', backend: 'cpu', threads: 1, net: tiny },
];
const nets = [
  { depth: 20, width: 16, batchSize: 32 },
  { depth: 20, width: 16, batchSize: 128 },
  { depth: 56, width: 16, batchSize: 128 },
];

export const memory: Benchmark = {
  name: 'memory',
  title: 'Memory while training, and the kernels of a step, in Chromium',
  async run({ quick }) {
    const measurements: Measurement[] = [];
    const steps = quick ? 20 : STEPS;
    const host = await openBrowser();
    const nameOf = ({ backend, threads, net }: Entry) =>
      `${backend}${threads > 1 ? `, ${threads} threads` : ''}: ${nameOfNet(net)}`;
    try {
      for (const entry of flat) {
        const { bencher, end } = await host.spawn();
        await bencher.open(entry);
        await bencher.steps(10);
        const before = await bencher.memory();
        await bencher.steps(steps);
        const after = await bencher.memory();
        await end();
        const over = `over ${steps} steps (${nameOf(entry)})`;
        measurements.push(
          { label: `tensors more ${over}`, value: after.tensors - before.tensors, unit: 'tensors' },
          { label: `bytes more ${over}`, value: after.bytes - before.bytes, unit: 'bytes' },
        );
      }
      for (const net of quick ? nets.slice(0, 1) : nets) {
        const predicted = trainingBytes(
          measureGraph(createSpecimen(net).graph),
          net.batchSize,
          OPTIMIZER_STATES,
        );
        for (const backend of ['wasm', 'webgpu'] as const) {
          // A step of the bigger nets takes SwiftShader half a minute, and needs no other kind of buffer.
          if (backend === 'webgpu' && net.batchSize > 32) continue;
          const { bencher, end } = await host.spawn();
          await bencher.open({ rival: 'ours', backend, threads: 1, net });
          await bencher.steps(1);
          const { dispatches: first = NaN } = await bencher.memory();
          await bencher.steps(1);
          const { bytes, dispatches } = await bencher.memory();
          await end();
          const name = `${backend}: ${nameOfNet(net)}`;
          measurements.push(
            { label: `${name}, held`, value: bytes / 1e6, unit: 'MB' },
            { label: `${name}, of what the graph predicts`, value: (100 * bytes) / predicted, unit: '%' },
          );
          if (dispatches === undefined) continue;
          measurements.push({
            label: `${name}, kernels a step`,
            value: dispatches - first,
            unit: 'dispatches',
          });
        }
      }
    } finally {
      await host.close();
    }
    return { settings: { host: host.device, optimizer: 'SGD with momentum' }, measurements };
  },
};

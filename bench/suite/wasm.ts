import type { Benchmark } from '../benchmark.ts';
import { type BrowserHost, openBrowser } from '../hosts/browser.ts';
import { findPyTorch, pyTorchRacer } from '../hosts/pytorch.ts';
import { type Racer, hostRacer } from '../race.ts';
import type { Net } from '../rivals/specimen.ts';
import { type Heat, runHeats } from './heats.ts';

const ONE = 'ours, 1 thread';
const TWO = 'ours, 2 threads';

const nets: readonly Net[] = [
  { depth: 20, width: 16, batchSize: 128 },
  { depth: 20, width: 8, batchSize: 64 },
  { depth: 56, width: 16, batchSize: 128 },
];

export const wasm: Benchmark = {
  name: 'wasm',
  title: 'A training step on WASM, in Chromium',
  async run({ quick }) {
    const python = findPyTorch();
    const heats = (host: BrowserHost): Heat[] =>
      nets.map((net) => ({ net, racers: racersOf(host, net, python) }));
    const options = quick
      ? { warmUp: 2, rounds: 3, secondsEach: 5 }
      : { warmUp: 3, rounds: 15, secondsEach: 30 };
    return runHeats(openBrowser(), heats, options, [
      { of: TWO, to: ONE },
      ...(python ? [ONE, TWO].map((of) => ({ of, to: 'PyTorch, 1 thread' })) : []),
      ...['composed, 1 thread', 'stock', 'jax-js'].map((of) => ({ of, to: ONE })),
    ]);
  },
};

function racersOf(host: BrowserHost, net: Net, python: string | null): Racer[] {
  const entry = { backend: 'wasm', threads: 1, net } as const;
  const racers = [
    hostRacer(host, ONE, { ...entry, rival: 'ours' }),
    hostRacer(host, TWO, { ...entry, rival: 'ours', threads: 2 }),
    hostRacer(host, 'composed, 1 thread', { ...entry, rival: 'composed' }),
  ];
  if (python) racers.push(pyTorchRacer(python, net, { threads: 1, device: 'cpu' }));
  // The others would hold gigabytes and take minutes for nets that change nothing about the ratio.
  if (net.depth > 20 || net.width > 8) return racers;
  return [
    ...racers,
    hostRacer(host, 'stock', { ...entry, rival: 'stock' }),
    hostRacer(host, 'jax-js', { ...entry, rival: 'jax-js' }),
  ];
}

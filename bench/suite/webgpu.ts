import type { Benchmark, Options } from '../benchmark.ts';
import { openBrowser } from '../hosts/browser.ts';
import type { Host } from '../hosts/host.ts';
import { openNode } from '../hosts/node.ts';
import { findPyTorch, pyTorchRacer } from '../hosts/pytorch.ts';
import { hostRacer } from '../race.ts';
import type { Net, RivalName } from '../rivals/specimen.ts';
import { type Ratio, runHeats } from './heats.ts';

const small: Net = { depth: 20, width: 16, batchSize: 32 };
const big: readonly Net[] = [20, 56].map((depth) => ({ depth, width: 16, batchSize: 128 }));
const ratios: readonly Ratio[] = ['stock', 'jax-js', 'composed'].map((of) => ({ of, to: 'ours' }));

const entrants = (host: Host, net: Net, rivals: readonly RivalName[]) =>
  rivals.map((rival) => hostRacer(host, rival, { rival, backend: 'webgpu', threads: 1, net }));

/** SwiftShader gives the same kernels a hundredth of a GPU's speed: few steps are enough, and all there is time for. */
const options = ({ quick }: Options) =>
  quick ? { warmUp: 1, rounds: 1, secondsEach: 3 } : { warmUp: 2, rounds: 7, secondsEach: 60 };

export const webgpu: Benchmark = {
  name: 'webgpu',
  title: 'A training step on WebGPU without a GPU (SwiftShader), in Chromium',
  run: (given) =>
    runHeats(
      openBrowser(),
      (host) => [{ net: small, racers: entrants(host, small, ['ours', 'stock', 'jax-js']) }],
      options(given),
      ratios,
    ),
};

export const dawn: Benchmark = {
  name: 'dawn',
  title: 'A training step on WebGPU in Node (Dawn), beside PyTorch',
  onGpu: true,
  async run(given) {
    const python = findPyTorch();
    const hardware = process.env['BENCH_GPU'] !== undefined;
    const nets = hardware ? big : [small];
    const gpuOptions = given.quick ? options(given) : { warmUp: 10, rounds: 50, secondsEach: 60 };
    return runHeats(
      openNode(),
      (host) =>
        nets.map((net) => ({
          net,
          racers: [
            ...entrants(host, net, hardware ? ['ours', 'stock'] : ['ours']),
            ...(python ? [pyTorchRacer(python, net, { threads: hardware ? 0 : 1 })] : []),
          ],
        })),
      hardware ? gpuOptions : options(given),
      [...ratios, { of: 'ours', to: 'PyTorch' }],
    );
  },
};

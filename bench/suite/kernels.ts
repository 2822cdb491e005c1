import type { Benchmark, Options, Outcome } from '../benchmark.ts';
import type { WasmCeiling } from '../bencher.ts';
import { openBrowser } from '../hosts/browser.ts';
import type { Host } from '../hosts/host.ts';
import { openNode } from '../hosts/node.ts';
import { compileCeilings } from '../kernels/compileCeiling.ts';
import type { KernelSpeed } from '../kernels/measureKernels.ts';
import type { Measurement } from '../result.ts';

export const wasmKernels: Benchmark = {
  name: 'wasm-kernels',
  title: 'WASM kernels alone, one thread, in Chromium',
  run: async (options) => measure(await openBrowser(), 'wasm', await compileCeilings(), 128, options),
};

export const webGpuKernels: Benchmark = {
  name: 'webgpu-kernels',
  title: 'WebGPU kernels alone, without a GPU (SwiftShader), in Chromium',
  run: async (options) => measure(await openBrowser(), 'webgpu', 'webgpu', 32, options),
};

export const dawnKernels: Benchmark = {
  name: 'dawn-kernels',
  title: 'WebGPU kernels alone, in Node (Dawn)',
  onGpu: true,
  run: (options) =>
    measure(openNode(), 'webgpu', 'webgpu', process.env['BENCH_GPU'] === undefined ? 32 : 128, options),
};

async function measure(
  host: Host,
  backend: 'wasm' | 'webgpu',
  ceilingModules: readonly WasmCeiling[] | 'webgpu',
  batchSize: number,
  { quick }: Options,
): Promise<Outcome> {
  const seconds = quick ? 0.2 : 2;
  try {
    const { bencher } = await host.spawn();
    // First, because it is what gives Node its WebGPU.
    const kernels = await bencher.kernels(backend, batchSize, seconds);
    const on = backend === 'webgpu' ? { adapter: await bencher.adapter() } : {};
    const ceilings = await bencher.ceilings(ceilingModules, seconds);
    const ceiling = ceilings.reduce((best, speed) => (speed.value > best.value ? speed : best));
    const operations = 'counted as a plain convolution needs them: Winograd needs fewer';
    const settings = { host: host.device, ...on, batchSize, secondsEach: seconds, operations };
    return { settings, measurements: [...shares(kernels, ceiling), ...ceilings, ...kernels] };
  } finally {
    await host.close();
  }
}

/** Each kernel's share of the best ceiling; what moves bytes has none. */
function shares(kernels: readonly KernelSpeed[], ceiling: KernelSpeed): Measurement[] {
  return kernels
    .filter(({ unit }) => unit === ceiling.unit)
    .map(({ label, value }) => ({ label, value: (100 * value) / ceiling.value, unit: '% of the ceiling' }));
}

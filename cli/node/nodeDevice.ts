/**
 * tf.js backends in Node: WASM and CPU as they are, WebGPU through Dawn (the npm package `webgpu`). What is heavy to load is loaded
 * when a backend starts: a command that refuses its options, or only reads, answers at once.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tensor } from '@tensorflow/tfjs-core';
import { DeviceError } from '../../src/kernels/deviceError.ts';
import type { TrainingOps } from '../../src/kernels/ops.ts';
import type { Precision } from '../../src/model/precision.ts';
import type { KernelVariant, LoadModule } from '../../src/kernels/wasm/host/loadKernels.ts';
import type { StartHelper } from '../../src/kernels/wasm/threads/control.ts';
import { IdleWorker } from '../../src/kernels/wasm/threads/idleWorkers.ts';
import type { NodeBackend } from './nodeBackends.ts';

const require = createRequire(import.meta.url);

/** Starts a backend in this process. Throws {@link DeviceError}. */
export async function startNodeBackend(backend: NodeBackend, threads = 1): Promise<void> {
  if (backend === 'webgpu') await requireWebGpu();
  const { startBackend } = await import('../../src/kernels/device.ts');
  const packageFile = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
  const wasmFiles = join(dirname(packageFile), 'dist', '/');
  // Emscripten's module takes its workers from here, see withIdleWorkers.
  const workerThreads = require('node:worker_threads') as { Worker: unknown };
  const real = workerThreads.Worker;
  workerThreads.Worker = IdleWorker;
  try {
    await startBackend(backend, { wasmFiles, threads });
  } finally {
    workerThreads.Worker = real;
  }
}

export interface NodeOpsOptions {
  readonly threads?: number;
  /** See WasmResources. */
  readonly threadsLater?: boolean;
  /** Takes another build of the WASM kernels than the best that this Node takes. */
  readonly build?: (best: KernelVariant) => KernelVariant;
  /** How activations are stored: other than f32 on WebGPU alone. */
  readonly precision?: Precision;
}

/** Starts a backend in this process and gives its training operations. Throws {@link DeviceError}. */
export async function openNodeOps(
  backend: NodeBackend,
  { threads = 1, threadsLater = false, build = (best) => best, precision = 'f32' }: NodeOpsOptions = {},
): Promise<TrainingOps<Tensor>> {
  if (backend === 'webgpu') await requireWebGpu();
  else await startNodeBackend(backend, threads);
  const { createOps } = await import('../../src/kernels/createOps.ts');
  return createOps(backend, {
    loadKernels: (best) => loadKernels(build(best)),
    threads,
    threadsLater,
    startHelper,
    precision,
  });
}

async function requireWebGpu(): Promise<void> {
  const { installWebGpu } = await import('./dawn.ts');
  const missing = await installWebGpu();
  if (missing !== null) throw new DeviceError(`WebGPU cannot be had in Node here: ${missing}.`);
}

/** Starts a helper in a thread of this process. */
const startHelper: StartHelper = async (start, onLost) => {
  const worker = new Worker(new URL('./kernelHelper.mjs', import.meta.url), { workerData: start });
  await once(worker, 'message');
  worker.on('error', (error) => onLost(`it broke (${error.message})`));
  worker.on('exit', () => onLost('it has ended'));
  worker.unref();
};

/** Reads what scripts/buildKernels.ts has built. */
const loadKernels: LoadModule = async (variant) => {
  const file = new URL(`../../src/kernels/wasm/build/kernels-${variant}.wasm`, import.meta.url);
  try {
    return Uint8Array.from(await readFile(file));
  } catch (cause) {
    throw new DeviceError('The WASM kernels are not built: npm run kernels.', { cause });
  }
};

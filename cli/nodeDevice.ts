/** tf.js backends in Node: WASM and CPU as they are, WebGPU through Dawn (the npm package `webgpu`). */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createOps } from '../src/kernels/createOps.ts';
import { DeviceError, startBackend } from '../src/kernels/device.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import type { LoadModule } from '../src/kernels/wasm/loadKernels.ts';
import { installWebGpu } from './dawn.ts';

export const nodeBackends = ['wasm', 'webgpu', 'cpu'] as const;
export type NodeBackend = (typeof nodeBackends)[number];

/** Starts a backend in this process. Throws {@link DeviceError}. */
export async function startNodeBackend(backend: NodeBackend): Promise<void> {
  if (backend === 'webgpu') {
    const missing = await installWebGpu();
    if (missing !== null) throw new DeviceError(`WebGPU cannot be had in Node here: ${missing}.`);
  }
  const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  await startBackend(backend, { wasmFiles: join(dirname(packageFile), 'dist', '/') });
}

/** Starts a backend in this process and gives its training operations. Throws {@link DeviceError}. */
export async function openNodeOps(backend: NodeBackend): Promise<TrainingOps<Tensor>> {
  await startNodeBackend(backend);
  return createOps(backend, { loadKernels });
}

/** Reads what scripts/buildKernels.ts has built. */
const loadKernels: LoadModule = async (variant) => {
  const file = new URL(`../src/kernels/wasm/build/kernels-${variant}.wasm`, import.meta.url);
  try {
    return Uint8Array.from(await readFile(file));
  } catch (cause) {
    throw new DeviceError('The WASM kernels are not built: npm run kernels.', { cause });
  }
};

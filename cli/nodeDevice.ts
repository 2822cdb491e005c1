/** tf.js backends in Node: WASM and CPU as they are, WebGPU through Dawn (the npm package `webgpu`). */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DeviceError, startBackend } from '../src/kernels/device.ts';
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

import type { Tensor } from '@tensorflow/tfjs-core';
import { createComposedOps } from './composed/composedOps.ts';
import type { BackendName } from './device.ts';
import type { TrainingOps } from './ops.ts';
import { createWasmOps, type WasmResources } from './wasm/wasmOps.ts';

/** The fastest operations that there are on tf.js's present backend, which must be `backend`: see startBackend. */
export async function createOps(backend: BackendName, wasm: WasmResources): Promise<TrainingOps<Tensor>> {
  return backend === 'wasm' ? createWasmOps(wasm) : createComposedOps(backend);
}

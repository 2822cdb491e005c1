import type { Tensor } from '@tensorflow/tfjs-core';
import { createComposedOps } from './composed/composedOps.ts';
import type { BackendName } from './device.ts';
import type { TrainingOps } from './ops.ts';
import type { LoadModule } from './wasm/loadKernels.ts';
import { createWasmOps } from './wasm/wasmOps.ts';

export interface OpsResources {
  /** Gives the builds of the WASM kernels, see scripts/buildKernels.ts. */
  readonly loadKernels: LoadModule;
}

/** The fastest operations that there are on tf.js's present backend, which must be `backend`: see startBackend. */
export async function createOps(
  backend: BackendName,
  { loadKernels }: OpsResources,
): Promise<TrainingOps<Tensor>> {
  return backend === 'wasm' ? createWasmOps(loadKernels) : createComposedOps(backend);
}

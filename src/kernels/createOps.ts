import type { Tensor } from '@tensorflow/tfjs-core';
import { createComposedOps } from './composed/composedOps.ts';
import type { BackendName, DeviceError } from './device.ts';
import type { TrainingOps } from './ops.ts';
import type { Tuning } from './webgpu/planFor.ts';
import { createWasmOps, type WasmResources } from './wasm/wasmOps.ts';

export interface OpsResources extends WasmResources {
  /** Called once, if the device is lost or refuses a command after it has started. */
  readonly onFailure?: (error: DeviceError) => void;
  /** WebGPU: how kernels are chosen by measuring. Without it they are the adapter's kind's. */
  readonly tuning?: Tuning;
}

/**
 * The fastest operations that there are on tf.js's present backend, which must be `backend`: see startBackend. For WebGPU,
 * puts a device of our own in the place of tf.js's.
 */
export async function createOps(
  backend: BackendName,
  { onFailure, tuning, ...wasm }: OpsResources,
): Promise<TrainingOps<Tensor>> {
  switch (backend) {
    case 'wasm':
      return createWasmOps(wasm);
    case 'webgpu': {
      // Imported only here: its backend is large, and other devices do not need it.
      const { startWebGpu } = await import('./webgpu/startWebGpu.ts');
      const { createWebGpuOps } = await import('./webgpu/webgpuOps.ts');
      const { planFor } = await import('./webgpu/planFor.ts');
      const webGpu = await startWebGpu(onFailure ? { onFailure } : {});
      return createWebGpuOps(webGpu, planFor(webGpu, tuning));
    }
    case 'webgl':
    case 'cpu':
      return createComposedOps(backend);
  }
}

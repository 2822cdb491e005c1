import type { Tensor } from '@tensorflow/tfjs-core';
import type { BackendName } from '../model/backends.ts';
import type { Precision } from '../model/precision.ts';
import { createComposedOps } from './composed/composedOps.ts';
import { DeviceError } from './deviceError.ts';
import type { TrainingOps } from './ops.ts';
import type { Tuning } from './webgpu/tuning/planFor.ts';
import { createWasmOps, type WasmResources } from './wasm/host/wasmOps.ts';
import { watchWebGl } from './watchWebGl.ts';

export interface OpsResources extends WasmResources {
  /** Called once, if the device is lost, has no memory left or refuses a command after it has started. */
  readonly onFailure?: (error: Error) => void;
  /** WebGPU: how kernels are chosen by measuring. Without it they are the adapter's kind's. */
  readonly tuning?: Tuning;
  /** How activations are stored, f32 without it; anything else on WebGPU alone. */
  readonly precision?: Precision;
}

/**
 * The fastest operations that there are on `backend`. It must be tf.js's present one (see startBackend), but for WebGPU: that
 * is started here, on a device of our own. Throws {@link DeviceError}.
 */
export async function createOps(
  backend: BackendName,
  { onFailure, tuning, precision = 'f32', ...wasm }: OpsResources,
): Promise<TrainingOps<Tensor>> {
  if (precision !== 'f32' && backend !== 'webgpu') {
    throw new DeviceError(
      `Activations can be stored in 16 bits on webgpu only, not on ${backend}: ask for webgpu, or for 32 bits.`,
    );
  }
  switch (backend) {
    case 'wasm':
      return createWasmOps(wasm);
    case 'webgpu': {
      // Imported only here: its backend is large, and other devices do not need it.
      const { startWebGpu } = await import('./webgpu/runtime/startWebGpu.ts');
      const { createWebGpuOps } = await import('./webgpu/webgpuOps.ts');
      const { planFor } = await import('./webgpu/tuning/planFor.ts');
      const webGpu = await startWebGpu(onFailure ? { onFailure } : {});
      return createWebGpuOps(webGpu, planFor(webGpu, tuning), precision);
    }
    case 'webgl':
      if (onFailure) watchWebGl(onFailure);
      return createComposedOps(backend);
    case 'cpu':
      return createComposedOps(backend);
  }
}

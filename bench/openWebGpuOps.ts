import type { Tensor } from '@tensorflow/tfjs-core';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { startWebGpu } from '../src/kernels/webgpu/startWebGpu.ts';
import { createWebGpuOps } from '../src/kernels/webgpu/webgpuOps.ts';

/** Our WebGPU operations. A device that fails says so in the console: what was measured is worth nothing. */
export async function openWebGpuOps(): Promise<TrainingOps<Tensor>> {
  return createWebGpuOps(await startWebGpu({ onFailure: (error) => console.error(error) }));
}

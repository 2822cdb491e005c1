import type { Tensor } from '@tensorflow/tfjs-core';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { startWebGpu } from '../src/kernels/webgpu/runtime/startWebGpu.ts';
import { type Tuning, planFor } from '../src/kernels/webgpu/tuning/planFor.ts';
import { createWebGpuOps } from '../src/kernels/webgpu/webgpuOps.ts';

/** Remembers as long as the process lives: every run measures anew which kernels are the fastest. */
const texts = new Map<string, string>();
const tuning: Tuning = {
  memory: {
    exclusively: (work) => work(),
    read: (key) => Promise.resolve(texts.get(key)),
    write: (key, text) => Promise.resolve(void texts.set(key, text)),
  },
  seconds: () => performance.now() / 1000,
};

/** Our WebGPU operations. A device that fails says so in the console: what was measured is worth nothing. */
export async function openWebGpuOps(): Promise<TrainingOps<Tensor>> {
  const webGpu = await startWebGpu({ onFailure: (error) => console.error(error) });
  return createWebGpuOps(webGpu, planFor(webGpu, tuning));
}

/** Starts a device in a worker, with the files that the build puts beside it. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createOps } from '../kernels/createOps.ts';
import { startBackend } from '../kernels/device.ts';
import type { TrainingOps } from '../kernels/ops.ts';
import singleUrl from '../kernels/wasm/build/kernels-single.wasm?url';
import singleRelaxedUrl from '../kernels/wasm/build/kernels-single-relaxed.wasm?url';
import sharedUrl from '../kernels/wasm/build/kernels-shared.wasm?url';
import sharedRelaxedUrl from '../kernels/wasm/build/kernels-shared-relaxed.wasm?url';
import { fetchModule } from '../kernels/wasm/host/fetchModule.ts';
import type { KernelVariant } from '../kernels/wasm/host/loadKernels.ts';
import { startHelperWorker } from '../kernels/wasm/threads/startHelperWorker.ts';
import { systemClock } from '../model/clock.ts';
import type { DeviceChoice } from '../protocol/protocol.ts';
import { openTuningMemory } from './train/tuningStore.ts';

const wasmFiles = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
};

const kernelUrls = {
  single: singleUrl,
  'single-relaxed': singleRelaxedUrl,
  shared: sharedUrl,
  'shared-relaxed': sharedRelaxedUrl,
};

/** Rejects with a DeviceError if the device cannot be used, and tells `onFailure` if it is lost later. */
export async function openWorkerOps(
  { backend, threads, precision }: Pick<DeviceChoice, 'backend' | 'threads' | 'precision'>,
  onFailure: (error: Error) => void,
  { threadsLater = false } = {},
): Promise<TrainingOps<Tensor>> {
  if (backend !== 'webgpu') await startBackend(backend, { wasmFiles, threads });
  const loadKernels = (variant: KernelVariant) => fetchModule(kernelUrls[variant]);
  const memory = backend === 'webgpu' ? await openTuningMemory() : null;
  return createOps(backend, {
    loadKernels,
    threads,
    threadsLater,
    startHelper: startHelperWorker,
    onFailure,
    ...(precision && { precision }),
    ...(memory && { tuning: { memory, seconds: () => systemClock.seconds() } }),
  });
}

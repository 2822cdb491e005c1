/** The training worker: wiring only. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createOps } from '../../kernels/createOps.ts';
import { startBackend } from '../../kernels/device.ts';
import singleUrl from '../../kernels/wasm/build/kernels-single.wasm?url';
import singleRelaxedUrl from '../../kernels/wasm/build/kernels-single-relaxed.wasm?url';
import sharedUrl from '../../kernels/wasm/build/kernels-shared.wasm?url';
import sharedRelaxedUrl from '../../kernels/wasm/build/kernels-shared-relaxed.wasm?url';
import { fetchModule } from '../../kernels/wasm/host/fetchModule.ts';
import type { KernelVariant } from '../../kernels/wasm/host/loadKernels.ts';
import { startHelperWorker } from '../../kernels/wasm/threads/startHelperWorker.ts';
import { holdLife } from '../../protocol/lifeline.ts';
import { systemClock } from '../../model/clock.ts';
import type { TrainCommand, TrainMessage } from '../../protocol/protocol.ts';
import { takeTurn } from './takeTurn.ts';
import { createTrainHandler } from './trainHandler.ts';
import { openTuningMemory } from './tuningStore.ts';

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

const handle = createTrainHandler({
  post: (message: TrainMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  async openOps({ backend, threads, precision }, onFailure) {
    if (backend !== 'webgpu') await startBackend(backend, { wasmFiles, threads });
    const loadKernels = (variant: KernelVariant) => fetchModule(kernelUrls[variant]);
    const memory = backend === 'webgpu' ? await openTuningMemory() : null;
    return createOps(backend, {
      loadKernels,
      threads,
      startHelper: startHelperWorker,
      onFailure,
      ...(precision && { precision }),
      ...(memory && { tuning: { memory, seconds: () => systemClock.seconds() } }),
    });
  },
  clock: systemClock,
  takeTurn,
  holdLife,
});
self.addEventListener('message', ({ data }: MessageEvent<TrainCommand>) => handle(data));

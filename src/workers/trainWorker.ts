/** The training worker: wiring only. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createComposedOps } from '../kernels/composed/composedOps.ts';
import { startBackend } from '../kernels/device.ts';
import { systemClock } from '../training/clock.ts';
import type { TrainCommand, TrainMessage } from './protocol.ts';
import { createTrainHandler } from './trainHandler.ts';

const wasmFiles = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
};

const handle = createTrainHandler({
  post: (message: TrainMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  async openOps({ backend, threads }) {
    await startBackend(backend, { wasmFiles, threads });
    return createComposedOps(backend);
  },
  clock: systemClock,
});
self.addEventListener('message', ({ data }: MessageEvent<TrainCommand>) => handle(data));

/** A bencher in a worker of the browser. */
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createOps } from '../../src/kernels/createOps.ts';
import { startBackend } from '../../src/kernels/device.ts';
import { fetchModule } from '../../src/kernels/wasm/host/fetchModule.ts';
import type { LoadModule } from '../../src/kernels/wasm/host/loadKernels.ts';
import { startHelperWorker } from '../../src/kernels/wasm/threads/startHelperWorker.ts';
import { Bencher, type Devices } from '../bencher.ts';
import { type Call, answerCall } from '../remote.ts';
import { openWebGpuOps } from '../openWebGpuOps.ts';

const wasmFiles = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
};

const builds = import.meta.glob<string>('../../src/kernels/wasm/build/*.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});

const loadKernels: LoadModule = (variant) =>
  fetchModule(builds[`../../src/kernels/wasm/build/kernels-${variant}.wasm`]!);

const devices: Devices = {
  start: (backend, threads) => startBackend(backend, { wasmFiles, threads }),
  async openOps(backend, threads) {
    if (backend === 'webgpu') return openWebGpuOps();
    await startBackend(backend, { wasmFiles, threads });
    return createOps(backend, { loadKernels, threads, startHelper: startHelperWorker });
  },
};

const bencher = new Bencher(devices);
self.addEventListener('message', ({ data }: MessageEvent<Call>) => {
  void answerCall(bencher, data).then((answer) => self.postMessage(answer));
});

/** What computes, and what computed, in words. */
import type { BackendName, DeviceChoice, Provenance } from '../../protocol/protocol.ts';
import { integer, joined } from '../ui/format.ts';

export const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** "WebGPU, NVIDIA H100", "WebAssembly, processor, 2 threads a lane" */
export const deviceName = ({ backend, hardware, threads: count, precision }: DeviceChoice) =>
  joined(
    ', ',
    backendNames[backend],
    hardware || (backend === 'wasm' || backend === 'cpu' ? 'processor' : ''),
    count > 1 ? `${integer(count)} threads a lane` : '',
    precision === 'f16-storage' ? 'activations stored in 16 bits' : '',
  );

const kernelNames: Readonly<Record<Provenance['kernels'], string>> = {
  'wasm-simd': 'WASM SIMD',
  'wasm-simd-relaxed': 'WASM SIMD relaxed',
  'webgpu-measured': 'WebGPU kernels chosen by measuring',
  'webgpu-fixed': 'WebGPU kernels for graphics cards',
  'webgpu-software': 'WebGPU kernels for software adapters',
  composed: 'kernels of TensorFlow.js',
  reference: 'reference kernels',
};

export const provenance = {
  heading: 'What computed these curves',
  /** "WebAssembly, WASM SIMD relaxed, 2 threads, Firefox 140 on Linux" */
  text: ({ backend, kernels, threads: count, adapter, precision, browser }: Provenance) =>
    joined(
      ', ',
      backendNames[backend],
      adapter,
      kernelNames[kernels],
      `${integer(count)} ${count === 1 ? 'thread' : 'threads'}`,
      precision === 'f16-storage' ? 'activations in 16 bits' : '',
      browser,
    ),
  hint: 'Another browser or other kernels round differently: the same link then gives slightly other numbers, and in time other curves.',
};

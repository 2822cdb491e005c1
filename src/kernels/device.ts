/** Starts a tf.js backend. The only place where backends are loaded. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../model/backends.ts';
import { DeviceError } from './deviceError.ts';
import { withFetchedModule } from './wasm/host/withFetchedModule.ts';
import { withIdleWorkers } from './wasm/threads/idleWorkers.ts';
import { canShareMemory } from '../protocol/sharedMemory.ts';

export interface BackendOptions {
  /** Where the three .wasm files of tfjs-backend-wasm are: a folder (Node) or an address for each (bundles). */
  readonly wasmFiles?: string | Readonly<Record<string, string>>;
  /** WASM threads, 1 without it; more need a cross-origin isolated page. Our kernels use them: tf.js keeps to one. */
  readonly threads?: number;
}

/**
 * Loads `name`, makes it tf.js's backend and waits until it is ready. May be called again after it failed. Throws {@link DeviceError},
 * which names a file that did not arrive.
 */
export async function startBackend(name: BackendName, options: BackendOptions = {}): Promise<void> {
  try {
    await loadBackend(name, options);
  } catch (cause) {
    if (cause instanceof DeviceError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeviceError(`The script of the ${name} backend could not be loaded (${why}).`, { cause });
  }
  // Tiny tensors would otherwise be computed on the CPU behind the device's back, unordered with its queue.
  if (name === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
  if (name === 'webgl') tf.env().set('WEBGL_CPU_FORWARD', false);

  let started: boolean;
  try {
    // In this order: what waits for a file that does not come never ends, and real workers must be had again all the same.
    started = await withIdleWorkers(() => withFetchedModule(() => tf.setBackend(name)));
    if (started) await tf.ready();
  } catch (cause) {
    if (cause instanceof DeviceError) throw cause;
    throw new DeviceError(`The ${name} backend did not start.`, { cause });
  }
  if (!started || tf.getBackend() !== name) throw new DeviceError(`The ${name} backend did not start.`);
}

async function loadBackend(name: BackendName, { wasmFiles, threads = 1 }: BackendOptions): Promise<void> {
  switch (name) {
    case 'webgpu':
      await requireAdapter();
      await import('@tensorflow/tfjs-backend-webgpu');
      return;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      if (wasmFiles !== undefined) wasm.setWasmPaths(wasmFiles);
      wasm.setThreadsCount(1);
      // Its threaded build, the one whose memory can be shared. (In Node tf.js would not look for it.)
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1 && canShareMemory());
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
  }
}

/** tf.js 4.22 dereferences a missing adapter ("Cannot read properties of null"), so ask before it does. */
async function requireAdapter(): Promise<void> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) throw new DeviceError('This browser has no WebGPU.');
  if (!(await gpu.requestAdapter())) throw new DeviceError('WebGPU found no adapter.');
}

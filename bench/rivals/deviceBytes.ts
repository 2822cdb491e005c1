import * as tf from '@tensorflow/tfjs-core';
import { Heap } from '../../src/kernels/wasm/host/heap.ts';

/** Bytes that tf.js's present backend holds: WASM's heap, or the GPU's buffers, free ones in its pool included. */
export function deviceBytes(): number {
  if (tf.getBackend() === 'wasm') return new Heap().memory.buffer.byteLength;
  const memory = tf.memory() as tf.MemoryInfo & { readonly numBytesAllocatedInGPU?: number };
  return memory.numBytesAllocatedInGPU ?? memory.numBytes;
}

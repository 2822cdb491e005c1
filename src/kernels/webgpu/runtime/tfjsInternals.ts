/**
 * The boundary to tfjs-backend-webgpu 4.22's private parts: every cast into them is in this file. They are needed because
 * tf.js has no way to run a shader with several outputs, to bind a part of a buffer, or to compile ahead; our kernels
 * are recorded on the same command encoder as the stock ones, so that both run in the order in which they were asked for.
 */
import type { BackendValues, DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** Private in the declarations, used by {@link GpuBackend}. */
interface PrivateMembers {
  /** Null until something is recorded after a submission. */
  commandEncoder: GPUCommandEncoder | null;
  /** Open while dispatches follow each other; copies need it closed. */
  computePassEncoder: GPUComputePassEncoder | null;
  /** Dispatches since the last submission. */
  dispatchCountInPass: number;
  /** Buffers that go back to the pool at the next submission. */
  uniformPendingDisposal: GPUBuffer[];
  tensorToBinding(tensor: TensorInfo): GPUBindingResource;
}

/** What tf.js asks of its BufferManager, an unexported class. */
interface BufferManager {
  readonly numBytesUsed: number;
  readonly numBytesAllocated: number;
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mapped?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  dispose(): void;
}

/** Public, and overridden by {@link GpuBackend}: Omit makes properties of methods, which cannot be. */
interface OverriddenMembers {
  bufferManager: BufferManager;
  dispose(): void;
  ensureCommandEncoderReady(): void;
  read(dataId: DataId): Promise<BackendValues>;
}

/** Omit keeps public members alone: private ones could be neither overridden nor declared again. */
type OpenBackend = Omit<WebGPUBackend, keyof OverriddenMembers> & OverriddenMembers & PrivateMembers;

/** tf.js's backend with what we need of its insides open to subclasses. */
export const OpenWebGpuBackend = WebGPUBackend as unknown as new (
  device: GPUDevice,
  adapterInfo: GPUAdapterInfo,
) => OpenBackend;

/** For tf.js, a subclass is what its base is. */
export function asKernelBackend(backend: OpenBackend): KernelBackend {
  return backend;
}

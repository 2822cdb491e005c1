/** Gives tf.js a WebGPU device of our own: with a label, with the limits and features that we use, and watched. */
import * as tf from '@tensorflow/tfjs-core';
import { DeviceError } from '../../deviceError.ts';
import { OutOfMemoryError } from '../../outOfMemory.ts';
import { deviceLoss } from './deviceLoss.ts';
import { GpuBackend } from './gpuBackend.ts';
import { QUAD } from '../wgsl/quads.ts';
import { asKernelBackend } from './tfjsInternals.ts';

export interface WebGpuOptions {
  /** Called once, if the device is lost or refuses a command: what it computes is worth nothing from then on. */
  readonly onFailure?: (error: Error) => void;
}

export interface WebGpu {
  readonly backend: GpuBackend;
  /** What computes, for people and as a key: "nvidia ampere". */
  readonly adapter: string;
  /** Whether the adapter computes on the CPU, where workgroup barriers are ruinous. */
  readonly software: boolean;
  /** Whether its subgroups are always of four invocations: see quads.ts. */
  readonly quads: boolean;
}

/** Used where the adapter has them. */
const FEATURES = ['timestamp-query', 'subgroups'] as const satisfies readonly GPUFeatureName[];

/** Raised to what the adapter has: tf.js's kernels ask for some, big batches for the others. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** The device that computes, and those that were destroyed because another took their place. */
let present: GPUDevice | undefined;
const replaced = new WeakSet<GPUDevice>();

/** Starts WebGPU as tf.js's backend, anew if it was started before. Throws {@link DeviceError}. */
export async function startWebGpu({ onFailure }: WebGpuOptions = {}): Promise<WebGpu> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) throw new DeviceError('This browser has no WebGPU.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new DeviceError('WebGPU found no adapter.');
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      label: 'training',
      defaultQueue: { label: 'training' },
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
    });
  } catch (cause) {
    throw new DeviceError('WebGPU gave no device.', { cause });
  }
  if (onFailure) watch(device, onFailure);

  // The stock kernels are registered under this name, so our backend has to take it.
  const factory = tf.findBackendFactory('webgpu') as object | null;
  if (factory) {
    if (present) replaced.add(present);
    tf.removeBackend('webgpu');
  }
  present = device;
  const backend = new GpuBackend(device, adapter.info);
  const software = isSoftware(adapter.info);
  // A software adapter takes the processor itself, and waits for nobody who records.
  if (!software) backend.paceSubmissions();
  tf.registerBackend('webgpu', () => asKernelBackend(backend));
  // Tiny tensors would otherwise be computed on the CPU behind the device's back, unordered with its queue.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  if (!(await tf.setBackend('webgpu'))) throw new DeviceError('The webgpu backend did not start.');
  const { subgroupMinSize, subgroupMaxSize } = adapter.info;
  return {
    backend,
    adapter: nameOf(adapter.info),
    software,
    quads: device.features.has('subgroups') && subgroupMinSize === QUAD && subgroupMaxSize === QUAD,
  };
}

function watch(device: GPUDevice, onFailure: (error: Error) => void): void {
  let told = false;
  const tell = (error: Error) => {
    // A refused command makes those after it fail as well.
    if (!told) onFailure(error);
    told = true;
  };
  void device.lost.then((info) => {
    if (!replaced.has(device)) tell(deviceLoss(info));
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    if (error instanceof GPUOutOfMemoryError) {
      const words = `There was no memory left for this net and batch on the graphics card (${error.message}).`;
      tell(new OutOfMemoryError(words, { cause: error }));
    } else tell(new DeviceError(`WebGPU refused a command: ${error.message}`, { cause: error }));
  });
}

function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unknown adapter';
}

function isSoftware(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(nameOf(info));
}

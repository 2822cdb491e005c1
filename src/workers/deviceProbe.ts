/** Which device trains, and why: found out on the page without loading TensorFlow.js. */
import { threadsUnmeasured } from './calibrateThreads.ts';
import { measureBackend } from './measureBackend.ts';
import type { BackendName, DeviceChoice, ThreadCalibration } from './protocol.ts';

/** A device that was asked for is not there, or is no device. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
}

/** What the probe needs to know of a browser. */
export interface Surroundings {
  /** The adapter's description, software or not; null without an adapter, undefined without WebGPU. */
  webgpuAdapter(): Promise<GpuDescription | null | undefined>;
  /** The WebGL2 renderer; null without WebGL2 in workers. */
  webglRenderer(): GpuDescription | null;
  readonly hasWasm: boolean;
  /** Threads need a cross-origin isolated page. */
  readonly isolated: boolean;
  readonly cores: number;
  /** Milliseconds of a small training step. */
  measure(backend: BackendName): Promise<number>;
}

export interface GpuDescription {
  readonly name: string;
  readonly software: boolean;
  /** WebGPU: the most bytes of one buffer. */
  readonly tensorBytes?: number;
}

export interface ProbeOptions {
  /** The page's `?backend=`; null if it has none. */
  readonly asked: string | null;
  /** The page's `?precision=`; null if it has none. */
  readonly precision: string | null;
  /** Lanes that are to train at once. */
  readonly lanes: number;
}

/**
 * WebGPU on real hardware; else WebGL2 on hardware, if it is measured to be faster than WASM; else WASM; else plain
 * JavaScript. A software adapter is ten times slower than WASM (shared/kernels.md). Rejects with {@link DeviceError} if
 * `asked` or `precision` cannot be had: there is no silent fallback.
 */
export async function chooseDevice(
  { asked, precision, lanes }: ProbeOptions,
  around: Surroundings = browserSurroundings,
): Promise<DeviceChoice> {
  const choice = await (asked === null ? bestDevice(lanes, around) : askedDevice(asked, lanes, around));
  if (precision === null) return choice;
  if (precision !== 'f16') {
    throw new DeviceError(
      `?precision=${precision} is not known: use f16, or leave it out to store activations in 32 bits.`,
    );
  }
  if (choice.backend !== 'webgpu') {
    throw new DeviceError(
      `?precision=f16 was asked for, but only webgpu stores activations in 16 bits and ${choice.backend} would train here. ` +
        'Leave it out, or ask for ?backend=webgpu as well.',
    );
  }
  return { ...choice, precision: 'f16-storage' };
}

async function bestDevice(lanes: number, around: Surroundings): Promise<DeviceChoice> {
  const adapter = await around.webgpuAdapter();
  if (adapter && !adapter.software) {
    return {
      backend: 'webgpu',
      threads: 1,
      ...bufferLimit(adapter),
      hardware: adapter.name,
      software: false,
      reason: 'hardware-webgpu',
    };
  }
  if (!around.hasWasm) return { backend: 'cpu', threads: 1, hardware: '', software: true, reason: 'no-wasm' };
  const wasm = { backend: 'wasm', threads: threadsFor(lanes, around), hardware: '', software: true } as const;

  const renderer = around.webglRenderer();
  if (renderer && !renderer.software) {
    const [onWebgl, onWasm] = [await around.measure('webgl'), await around.measure('wasm')];
    if (onWebgl < onWasm) {
      return {
        backend: 'webgl',
        threads: 1,
        hardware: renderer.name,
        software: false,
        reason: 'webgl-faster-than-wasm',
      };
    }
    return { ...wasm, reason: 'wasm-faster-than-webgl' };
  }
  if (adapter === undefined) return { ...wasm, reason: 'no-webgpu' };
  return { ...wasm, reason: adapter === null ? 'no-adapter' : 'software-adapter' };
}

async function askedDevice(asked: string, lanes: number, around: Surroundings): Promise<DeviceChoice> {
  const reason = 'asked-for';
  switch (asked) {
    case 'webgpu': {
      const adapter = await around.webgpuAdapter();
      if (!adapter)
        throw unavailable(asked, adapter === null ? 'no adapter was found' : 'the browser lacks it');
      const { name: hardware, software } = adapter;
      return { backend: asked, threads: 1, ...bufferLimit(adapter), hardware, software, reason };
    }
    case 'webgl': {
      const renderer = around.webglRenderer();
      if (!renderer) throw unavailable(asked, 'workers of this browser have no WebGL2');
      return { backend: asked, threads: 1, hardware: renderer.name, software: renderer.software, reason };
    }
    case 'wasm':
      if (!around.hasWasm) throw unavailable(asked, 'the browser lacks it');
      return { backend: asked, threads: threadsFor(lanes, around), hardware: '', software: true, reason };
    case 'cpu':
      return { backend: asked, threads: 1, hardware: '', software: true, reason };
    default:
      throw new DeviceError(
        `?backend=${asked} is not known: use webgpu, webgl, wasm or cpu, or leave it out to let the page choose.`,
      );
  }
}

const bufferLimit = ({ tensorBytes }: GpuDescription) => (tensorBytes === undefined ? {} : { tensorBytes });

function unavailable(backend: string, why: string): DeviceError {
  return new DeviceError(
    `?backend=${backend} was asked for, but ${why}. Leave it out to let the page choose what works here.`,
  );
}

const threadsFor = (lanes: number, { isolated, cores }: Surroundings): number =>
  isolated ? threadsUnmeasured(cores, lanes) : 1;

/** The choice with the threads that were measured to be best for it; the same choice for another backend than WASM. */
export function calibrated(choice: DeviceChoice, found: ThreadCalibration): DeviceChoice {
  if (choice.backend !== 'wasm') return choice;
  return { ...choice, threads: found.threads, threadsMeasured: found };
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Measured once a session: the page asks again before every experiment. */
const measured = new Map<BackendName, Promise<number>>();

const browserSurroundings: Surroundings = {
  async webgpuAdapter() {
    const gpu = (navigator as { readonly gpu?: GPU }).gpu;
    if (!gpu) return undefined;
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const name = description || [vendor, architecture, device].filter(Boolean).join(' ');
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    return {
      name,
      software: isFallbackAdapter || SOFTWARE.test(`${name} ${architecture}`),
      tensorBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize),
    };
  },

  webglRenderer() {
    if (typeof OffscreenCanvas === 'undefined') return null;
    const context = new OffscreenCanvas(1, 1).getContext('webgl2');
    if (!context) return null;
    const debug = context.getExtension('WEBGL_debug_renderer_info');
    const name = String(context.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    context.getExtension('WEBGL_lose_context')?.loseContext();
    return { name, software: SOFTWARE.test(name) };
  },

  hasWasm: typeof WebAssembly !== 'undefined',
  isolated: globalThis.crossOriginIsolated,
  get cores() {
    return navigator.hardwareConcurrency;
  },
  measure(backend) {
    const known = measured.get(backend) ?? measureBackend(backend);
    measured.set(backend, known);
    return known;
  },
};

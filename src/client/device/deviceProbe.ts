/** Which device trains, and why: found out on the page without loading TensorFlow.js. */
import { backends } from '../../model/backends.ts';
import { canShareMemory } from '../../protocol/sharedMemory.ts';
import { threadsUnmeasured } from './threadsUnmeasured.ts';
import { measureBackend } from './measureBackend.ts';
import type {
  BackendName,
  DeviceChoice,
  DeviceMiss,
  ThreadCalibration,
  ThreadsBar,
} from '../../protocol/protocol.ts';

/** What the probe needs to know of a browser. */
export interface Surroundings {
  /** The adapter's description, software or not; null without an adapter, undefined without WebGPU. */
  webgpuAdapter(): Promise<GpuDescription | null | undefined>;
  /** The WebGL2 renderer; null without WebGL2 in workers. */
  webglRenderer(): GpuDescription | null;
  /** With fixed-width SIMD: without it there are no kernels for it. */
  readonly hasWasm: boolean;
  /** Plain http from another machine is no secure context. */
  readonly secure: boolean;
  readonly isolated: boolean;
  /** Whether threads can really share memory. */
  readonly sharesMemory: boolean;
  readonly cores: number;
  /** Milliseconds of a small training step; rejects if the backend cannot train. */
  measure(backend: BackendName): Promise<number>;
}

export interface GpuDescription {
  readonly name: string;
  readonly software: boolean;
  /** WebGPU: the most bytes of one buffer. */
  readonly tensorBytes?: number;
}

/** Backends that did not start or were lost in this session, and why: a sentence. */
export type FailedBackends = ReadonlyMap<BackendName, string>;

export interface ProbeOptions {
  /** The page's `?backend=`; null if it has none. */
  readonly asked: string | null;
  /** The page's `?precision=`; null if it has none. */
  readonly precision: string | null;
  /** Lanes that are to train at once. */
  readonly lanes: number;
  readonly failed?: FailedBackends;
}

const isBackend = (name: string): name is BackendName => (backends as readonly string[]).includes(name);

/** What is found out while a device is chosen. */
interface Search {
  readonly lanes: number;
  readonly around: Surroundings;
  /** Grows by what a measurement finds out. */
  readonly failed: Map<BackendName, string>;
}

/**
 * What `asked` names, if it can be had; else WebGPU on real hardware; else WebGL2 on hardware, if it is measured to be faster than WASM;
 * else WASM; else, since anything is faster than plain JavaScript, WebGPU in software or WebGL2 on hardware; else JavaScript. A software
 * adapter is ten times slower than WASM (shared/kernels.md). What was asked for or failed and is not taken stands in `missed`: nothing is
 * fallen back on without a word.
 */
export async function chooseDevice(
  { asked, precision, lanes, failed = new Map() }: ProbeOptions,
  around: Surroundings = browserSurroundings,
): Promise<DeviceChoice> {
  const search: Search = { lanes, around, failed: new Map(failed) };
  const missed: DeviceMiss[] = [];
  const found =
    (asked === null ? null : await askedDevice(asked, search, missed)) ?? (await bestDevice(search));
  // What failed and would have been worse is nobody's loss.
  const better = [...search.failed].filter(([backend]) => asked === backend || found.reason !== 'asked-for');
  missed.push(...better.map(([backend, why]) => ({ kind: 'failed', backend, why }) as const));
  const isF16 = precision === 'f16' && found.backend === 'webgpu';
  if (precision === 'f16' && !isF16) missed.push({ kind: 'no-f16' });
  if (precision !== null && precision !== 'f16') missed.push({ kind: 'unknown-precision', asked: precision });
  return {
    ...found,
    ...(isF16 && { precision: 'f16-storage' as const }),
    ...(!around.secure && found.backend !== 'webgpu' && { insecure: true as const }),
    ...(missed.length > 0 && { missed }),
  };
}

async function askedDevice(
  asked: string,
  search: Search,
  missed: DeviceMiss[],
): Promise<DeviceChoice | null> {
  const { around, failed } = search;
  if (!isBackend(asked)) {
    missed.push({ kind: 'unknown-backend', asked });
    return null;
  }
  if (failed.has(asked)) return null;
  const absent = (why: Extract<DeviceMiss, { kind: 'absent' }>['why']) => {
    missed.push({ kind: 'absent', backend: asked, why });
    return null;
  };
  const reason = 'asked-for';
  switch (asked) {
    case 'webgpu': {
      const adapter = await around.webgpuAdapter();
      if (adapter) return onGpu(asked, adapter, reason);
      return absent(adapter === null ? 'no-adapter' : around.secure ? 'no-webgpu' : 'insecure');
    }
    case 'webgl': {
      const renderer = around.webglRenderer();
      return renderer ? onGpu(asked, renderer, reason) : absent('no-webgl');
    }
    case 'wasm':
      return around.hasWasm ? onWasm(search, reason) : absent('no-wasm');
    case 'cpu':
      return onCpu(reason);
  }
}

async function bestDevice(search: Search): Promise<DeviceChoice> {
  const { around, failed } = search;
  const adapter = failed.has('webgpu') ? null : await around.webgpuAdapter();
  if (adapter && !adapter.software) return onGpu('webgpu', adapter, 'hardware-webgpu');

  const renderer = failed.has('webgl') ? null : around.webglRenderer();
  const webgl = renderer && !renderer.software ? renderer : null;
  const canWasm = around.hasWasm && !failed.has('wasm');
  if (webgl && canWasm) {
    const times = { webgl: await timeOf('webgl', search), wasm: await timeOf('wasm', search) };
    if (times.webgl < times.wasm) {
      return onGpu('webgl', webgl, failed.has('wasm') ? 'others-failed' : 'webgl-faster-than-wasm');
    }
    if (Number.isFinite(times.wasm)) {
      return onWasm(search, failed.has('webgl') ? 'others-failed' : 'wasm-faster-than-webgl');
    }
  } else if (canWasm) {
    if (failed.has('webgpu') || failed.has('webgl')) return onWasm(search, 'others-failed');
    if (adapter) return onWasm(search, 'software-adapter');
    return onWasm(search, adapter === null ? 'no-adapter' : 'no-webgpu');
  }
  const reason = failed.size > 0 ? 'others-failed' : 'no-wasm';
  if (adapter) return onGpu('webgpu', adapter, reason);
  if (webgl && !failed.has('webgl')) return onGpu('webgl', webgl, reason);
  return onCpu(reason);
}

/** Infinite if the backend cannot train, which is then known. */
async function timeOf(backend: BackendName, { around, failed }: Search): Promise<number> {
  try {
    return await around.measure(backend);
  } catch (error) {
    failed.set(backend, error instanceof Error ? error.message : String(error));
    return Infinity;
  }
}

type Reason = DeviceChoice['reason'];

const onGpu = (
  backend: 'webgpu' | 'webgl',
  { name, software, tensorBytes }: GpuDescription,
  reason: Reason,
): DeviceChoice => ({
  backend,
  threads: 1,
  ...(tensorBytes !== undefined && { tensorBytes }),
  hardware: name,
  software,
  reason,
});

const onCpu = (reason: Reason): DeviceChoice => ({
  backend: 'cpu',
  threads: 1,
  hardware: '',
  software: true,
  reason,
});

function onWasm({ lanes, around }: Search, reason: Reason): DeviceChoice {
  const barred = threadsBar(around);
  return {
    backend: 'wasm',
    threads: around.sharesMemory ? threadsUnmeasured(around.cores, lanes) : 1,
    hardware: '',
    software: true,
    reason,
    ...(barred !== null && { threadsBarred: barred }),
  };
}

/** What keeps a lane from a second thread, where there is a second core. */
function threadsBar({ secure, isolated, sharesMemory, cores }: Surroundings): ThreadsBar | null {
  if (!secure || sharesMemory || cores < 2) return null;
  return isolated ? 'no-shared-memory' : 'not-isolated';
}

/** The choice with the threads that were measured to be best for it; the same choice for another backend than WASM. */
export function calibrated(choice: DeviceChoice, found: ThreadCalibration): DeviceChoice {
  if (choice.backend !== 'wasm') return choice;
  return { ...choice, threads: found.threads, threadsMeasured: found };
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Milliseconds. */
const ADAPTER_PATIENCE = 10_000;

/** `(module (func (result v128) (v128.const 0)))` */
const SIMD_MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00, 0x0a, 0x16, 0x01, 0x14, 0x00, 0xfd, 0x0c],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b],
]);

/** Measured once a session: the page asks again before every experiment. */
const measured = new Map<BackendName, Promise<number>>();

const browserSurroundings: Surroundings = {
  async webgpuAdapter() {
    const gpu = (navigator as { readonly gpu?: GPU }).gpu;
    if (!gpu) return undefined;
    // Rejects where the browser has given its graphics process up; some drivers never answer.
    const adapter = await Promise.race([
      gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null),
      new Promise<null>((resolve) => setTimeout(resolve, ADAPTER_PATIENCE, null)),
    ]);
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

  get hasWasm() {
    return typeof WebAssembly !== 'undefined' && WebAssembly.validate(SIMD_MODULE);
  },
  get secure() {
    return globalThis.isSecureContext;
  },
  get isolated() {
    return globalThis.crossOriginIsolated;
  },
  get sharesMemory() {
    return canShareMemory();
  },
  get cores() {
    return navigator.hardwareConcurrency;
  },
  measure(backend) {
    const known = measured.get(backend) ?? measureBackend(backend);
    measured.set(backend, known);
    // Asked again, it is tried again.
    known.catch(() => measured.delete(backend));
    return known;
  },
};

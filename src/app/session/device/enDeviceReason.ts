/** Why this device trains, and what was missed (deviceReason.ts puts it together). */
import type { BackendName, DeviceChoice, DeviceMiss } from '../../../protocol/protocol.ts';
import { backendNames } from '../../runs/enProvenance.ts';
import { integer, list, plainNumber } from '../../ui/format.ts';

type Reason = DeviceChoice['reason'];
type Absent = Extract<DeviceMiss, { kind: 'absent' }>;

export const insecure =
  'This page came over plain http from another machine: the browser then hides WebGPU and threads. https or localhost has them.';
const noHardware = 'There is no WebGPU on hardware here.';

/** Why this device; `insecure` where the page came over plain http. */
export const reasons: Readonly<Record<Reason, (isInsecure: boolean) => string>> = {
  'hardware-webgpu': () => 'This browser has WebGPU on real hardware: the fastest way to train in a page.',
  'webgl-faster-than-wasm': (isInsecure) =>
    `${isInsecure ? insecure : noHardware} A short measurement found WebGL faster than WebAssembly.`,
  'wasm-faster-than-webgl': (isInsecure) =>
    `${isInsecure ? insecure : noHardware} A short measurement found WebAssembly faster than WebGL.`,
  'no-webgpu': (isInsecure) =>
    isInsecure
      ? `${insecure} So the processor trains, with WebAssembly.`
      : 'This browser has no WebGPU, so the processor trains, with WebAssembly.',
  'no-adapter': () =>
    'No graphics card was found that this browser can train on, so the processor trains, which is slower.',
  'software-adapter': () =>
    'WebGPU here is only imitated in software, ten times slower, so the processor trains.',
  'no-wasm': () => 'This browser has no WebAssembly with SIMD.',
  'others-failed': () => '',
  'asked-for': () => 'Asked for in the address of this page (?backend=).',
};

const absences: Readonly<Record<Absent['why'], string>> = {
  'no-webgpu': 'this browser has no WebGPU',
  insecure: 'browsers hide WebGPU from a page that came over plain http from another machine',
  'no-adapter': 'this browser has WebGPU and found no graphics card for it',
  'no-webgl': 'this browser has no WebGL 2 for workers',
  'no-wasm': 'this browser has no WebAssembly with SIMD',
};

/** What was asked for, or would have been better, and cannot be had. */
export const misses = {
  unknownBackend: (asked: string) => `?backend=${asked} is not known: use webgpu, webgl, wasm or cpu.`,
  unknownPrecision: (asked: string) =>
    `?precision=${asked} is not known: use f16, or leave it out. Activations are stored in 32 bits.`,
  noF16:
    '?precision=f16 was asked for, but only WebGPU stores activations in 16 bits: here they are stored in 32.',
  absent: ({ backend, why }: Absent) =>
    `${backendNames[backend]} was asked for in the address (?backend=${backend}), but ${absences[why]}.`,
  /** `why` ends in a full stop. */
  failed: (backend: BackendName, why: string) => `${backendNames[backend]} cannot be used: ${why}`,
};

/** What trains after those that were missed, and how much slower that is. */
export const instead: Readonly<Record<BackendName, (software: boolean) => string>> = {
  cpu: () => 'Plain JavaScript trains instead: more than a hundred times slower than WebAssembly.',
  wasm: () => 'WebAssembly trains instead, on the processor: slower than a graphics card.',
  webgl: () => 'WebGL trains instead, with kernels that are not made for training, so it is slower.',
  webgpu: (software) =>
    software
      ? 'WebGPU trains instead, imitated in software: some ten times slower than WebAssembly.'
      : 'WebGPU trains instead.',
};

const measured = (gain: number) => `${plainNumber(gain)} times as fast as one`;

export const threads = {
  barred: {
    'not-isolated': 'One thread a lane: threads need a server that isolates this page.',
    'no-shared-memory': 'One thread a lane: this browser shares no memory between threads.',
  },
  fasterThanOne: (count: number) => `${integer(count)} threads a lane were measured faster than one.`,
  noMoreStarted: 'One thread a lane: the browser did not start more.',
  measured: (count: number, gain: number) =>
    `${integer(count)} threads a lane were measured ${measured(gain)}.`,
  noGain: (tried: number, gain: number) =>
    `One thread a lane: ${integer(tried)} gained nothing (measured ${measured(gain)}).`,
};

/** Of those that failed. */
export const retry = (backends: readonly BackendName[]): string =>
  `Try ${list(backends.map((one) => backendNames[one]))} again`;

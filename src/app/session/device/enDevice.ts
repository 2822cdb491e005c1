/** The device line of the page's head: what trains, why, and what was missed. */
import type { BackendName, DeviceChoice, DeviceMiss } from '../../../protocol/protocol.ts';
import { backendNames } from '../../runs/enProvenance.ts';
import { integer, list, plainNumber } from '../../ui/format.ts';

const insecure =
  'This page came over plain http from another machine: the browser then hides WebGPU and threads. https or localhost has them.';
const noHardware = 'There is no WebGPU on hardware here.';

function reason({ reason: why, insecure: isInsecure }: DeviceChoice): string {
  const noWebGpu = isInsecure ? insecure : noHardware;
  switch (why) {
    case 'hardware-webgpu':
      return 'This browser has WebGPU on real hardware: the fastest way to train in a page.';
    case 'webgl-faster-than-wasm':
      return `${noWebGpu} A short measurement found WebGL faster than WebAssembly.`;
    case 'wasm-faster-than-webgl':
      return `${noWebGpu} A short measurement found WebAssembly faster than WebGL.`;
    case 'no-webgpu':
      return isInsecure
        ? `${insecure} So the processor trains, with WebAssembly.`
        : 'This browser has no WebGPU, so the processor trains, with WebAssembly.';
    case 'no-adapter':
      return 'This browser has WebGPU and found no graphics card for it, so the processor trains.';
    case 'software-adapter':
      return 'WebGPU here is only imitated in software, ten times slower, so the processor trains.';
    case 'no-wasm':
      return 'This browser has no WebAssembly with SIMD.';
    case 'others-failed':
      return '';
    case 'asked-for':
      return 'Asked for in the address of this page (?backend=).';
  }
}

const absences: Readonly<Record<Extract<DeviceMiss, { kind: 'absent' }>['why'], string>> = {
  'no-webgpu': 'this browser has no WebGPU',
  insecure: 'browsers hide WebGPU from a page that came over plain http from another machine',
  'no-adapter': 'this browser has WebGPU and found no graphics card for it',
  'no-webgl': 'this browser has no WebGL 2 for workers',
  'no-wasm': 'this browser has no WebAssembly with SIMD',
};

/** What a browser says of its device has a full stop, or has none. */
const oneStop = (text: string) => text.replace(/[.\s]*$/, '.');

function missed(miss: DeviceMiss): string {
  switch (miss.kind) {
    case 'unknown-backend':
      return `?backend=${miss.asked} is not known: use webgpu, webgl, wasm or cpu.`;
    case 'unknown-precision':
      return `?precision=${miss.asked} is not known: use f16, or leave it out. Activations are stored in 32 bits.`;
    case 'no-f16':
      return '?precision=f16 was asked for, but only WebGPU stores activations in 16 bits: here they are stored in 32.';
    case 'absent':
      return `${backendNames[miss.backend]} was asked for in the address (?backend=${miss.backend}), but ${absences[miss.why]}.`;
    case 'failed':
      return `${backendNames[miss.backend]} cannot be used: ${oneStop(miss.why)}`;
  }
}

/** What trains after those that were missed, and how much slower that is. */
function instead({ backend, software }: DeviceChoice): string {
  switch (backend) {
    case 'cpu':
      return 'Plain JavaScript trains instead: more than a hundred times slower than WebAssembly.';
    case 'wasm':
      return 'WebAssembly trains instead, on the processor: slower than a graphics card.';
    case 'webgl':
      return 'WebGL trains instead, with kernels that are not made for training, so it is slower.';
    case 'webgpu':
      return software
        ? 'WebGPU trains instead, imitated in software: some ten times slower than WebAssembly.'
        : 'WebGPU trains instead.';
  }
}

function threads({ threads: chosen, threadsMeasured, threadsBarred }: DeviceChoice): string {
  if (threadsBarred === 'not-isolated') {
    return 'One thread a lane: threads need a server that isolates this page.';
  }
  if (threadsBarred === 'no-shared-memory') {
    return 'One thread a lane: this browser shares no memory between threads.';
  }
  if (!threadsMeasured) return '';
  const { tried, gain } = threadsMeasured;
  if (gain === null) {
    return chosen > 1
      ? `${integer(chosen)} threads a lane were measured faster than one.`
      : 'One thread a lane: the browser did not start more.';
  }
  const measured = `${plainNumber(Math.round(10 * gain) / 10)} times as fast as one`;
  return chosen > 1
    ? `${integer(chosen)} threads a lane were measured ${measured}.`
    : `One thread a lane: ${integer(tried)} gained nothing (measured ${measured}).`;
}

export const device = {
  looking: 'Looking for a device',
  failed: 'No device to train on',
  why: (choice: DeviceChoice) => {
    const misses = choice.missed ?? [];
    const isInstead = misses.some(({ kind }) => kind === 'absent' || kind === 'failed');
    const saysInsecure = misses.some((miss) => miss.kind === 'absent' && miss.why === 'insecure');
    return [
      ...misses.map(missed),
      isInstead || choice.reason === 'no-wasm' ? '' : reason(choice),
      choice.reason === 'no-wasm' ? `${reason(choice)} ${instead(choice)}` : isInstead ? instead(choice) : '',
      choice.insecure && (isInstead || choice.reason === 'asked-for') && !saysInsecure ? insecure : '',
      threads(choice),
    ]
      .filter(Boolean)
      .join(' ');
  },
  /** Of those that failed. */
  retry: (backends: readonly BackendName[]) => `Try ${list(backends.map((one) => backendNames[one]))} again`,
};

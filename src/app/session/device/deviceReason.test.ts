import { expect, test } from 'vitest';
import type { DeviceChoice, DeviceMiss } from '../../../protocol/protocol.ts';
import { deviceName, provenance } from '../../runs/enProvenance.ts';
import { deviceReason } from './deviceReason.ts';

const gpu: DeviceChoice = {
  backend: 'webgpu',
  threads: 1,
  hardware: 'Apple M2',
  software: false,
  reason: 'hardware-webgpu',
};
const wasm: DeviceChoice = { backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' };
const cpu: DeviceChoice = { ...wasm, backend: 'cpu', reason: 'others-failed' };

test('the device says when activations are stored in 16 bits', () => {
  expect(deviceName(gpu)).toBe('WebGPU, Apple M2');
  expect(deviceName({ ...gpu, precision: 'f16-storage' })).toBe(
    'WebGPU, Apple M2, activations stored in 16 bits',
  );
});

const lan =
  'This page came over plain http from another machine: the browser then hides WebGPU and threads. https or localhost has them.';
const file: DeviceMiss = { kind: 'failed', backend: 'wasm', why: '/assets/a.wasm did not arrive: HTTP 404.' };

test.each<[string, DeviceChoice, string]>([
  ['plain http', { ...wasm, insecure: true }, `${lan} So the processor trains, with WebAssembly.`],
  [
    'plain http, WebGL on hardware',
    { ...gpu, backend: 'webgl', reason: 'webgl-faster-than-wasm', insecure: true },
    `${lan} A short measurement found WebGL faster than WebAssembly.`,
  ],
  [
    'plain http, asked for',
    { ...wasm, reason: 'asked-for', insecure: true },
    `Asked for in the address of this page (?backend=). ${lan}`,
  ],
  [
    'plain http, WebGPU asked for',
    { ...wasm, insecure: true, missed: [{ kind: 'absent', backend: 'webgpu', why: 'insecure' }] },
    'WebGPU was asked for in the address (?backend=webgpu), but browsers hide WebGPU from a page that came over plain http from another machine. WebAssembly trains instead, on the processor: slower than a graphics card.',
  ],
  [
    'a file that did not arrive',
    { ...cpu, missed: [file] },
    'WebAssembly cannot be used: /assets/a.wasm did not arrive: HTTP 404. Plain JavaScript trains instead: more than a hundred times slower than WebAssembly.',
  ],
  [
    'no WebAssembly',
    { ...cpu, reason: 'no-wasm' },
    'This browser has no WebAssembly with SIMD. Plain JavaScript trains instead: more than a hundred times slower than WebAssembly.',
  ],
  [
    'not isolated',
    { ...wasm, threadsBarred: 'not-isolated' },
    'This browser has no WebGPU, so the processor trains, with WebAssembly. One thread a lane: threads need a server that isolates this page.',
  ],
  [
    'isolated without shared memory',
    { ...wasm, threadsBarred: 'no-shared-memory' },
    'This browser has no WebGPU, so the processor trains, with WebAssembly. One thread a lane: this browser shares no memory between threads.',
  ],
  [
    'a gain that is noise',
    { ...wasm, threads: 2, threadsMeasured: { threads: 2, tried: 2, gain: null } },
    'This browser has no WebGPU, so the processor trains, with WebAssembly. 2 threads a lane were measured faster than one.',
  ],
  [
    'no such backend',
    { ...gpu, missed: [{ kind: 'unknown-backend', asked: 'abacus' }] },
    '?backend=abacus is not known: use webgpu, webgl, wasm or cpu. This browser has WebGPU on real hardware: the fastest way to train in a page.',
  ],
])('%s', (_, choice, text) => {
  expect(deviceReason(choice)).toBe(text);
});

test('every reason and every miss is said in whole sentences that end in one stop', () => {
  const reasons: DeviceChoice['reason'][] = [
    'hardware-webgpu',
    'webgl-faster-than-wasm',
    'wasm-faster-than-webgl',
    'no-webgpu',
    'no-adapter',
    'software-adapter',
    'no-wasm',
    'asked-for',
  ];
  const misses: DeviceMiss[] = [
    { kind: 'unknown-backend', asked: 'x' },
    { kind: 'unknown-precision', asked: 'x' },
    { kind: 'no-f16' },
    ...(['no-webgpu', 'insecure', 'no-adapter', 'no-webgl', 'no-wasm'] as const).map(
      (why) => ({ kind: 'absent', backend: 'wasm', why }) as const,
    ),
    file,
    { ...file, why: 'The WebGPU device was lost: the driver was reset' },
    { ...file, why: 'The WebGPU device was lost: .' },
  ];
  for (const reason of reasons) {
    for (const missed of [[], ...misses.map((one) => [one])]) {
      for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
        const text = deviceReason({ ...wasm, backend, reason, missed });
        expect(text).toMatch(/^[?A-Z].*[^.]\.$/);
        expect(text).not.toMatch(/\.\.|  |undefined|npm/);
      }
    }
  }
});

test('what computed a run names kernels, threads and browser', () => {
  const of = {
    backend: 'wasm',
    kernels: 'wasm-simd-relaxed',
    threads: 2,
    adapter: '',
    precision: 'f32',
    browser: 'Chromium 150 on Linux',
  } as const;
  expect(provenance.text(of)).toBe('WebAssembly, WASM SIMD relaxed, 2 threads, Chromium 150 on Linux');
});

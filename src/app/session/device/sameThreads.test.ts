import { expect, test } from 'vitest';
import type { DeviceChoice, Provenance } from '../../../protocol/protocol.ts';
import { freshRuns, grown, over } from '../../runs/testing/grownRun.ts';
import { wasm } from '../../testing/spyingPage.ts';
import { sameThreads } from './sameThreads.ts';

const [first, second] = freshRuns();
const on = (threads: number, backend: Provenance['backend'] = 'wasm') => ({
  provenance: { backend, kernels: 'wasm-simd', threads, adapter: '', precision: 'f32', browser: '' } as const,
});
const device: DeviceChoice = { ...wasm, threads: 2 };

test('what goes on is computed on as many threads as before, what begins on the best number', () => {
  expect(sameThreads(device, [{ ...first, ...on(1) }]).threads).toBe(1);
  expect(sameThreads(device, [{ ...first, ...on(4) }, second]).threads).toBe(4);
  expect(sameThreads(device, [first, second])).toBe(device);
  expect(sameThreads(device, [over({ ...grown(first, 1), ...on(1) })])).toBe(device);
});

test('another device, and one that has no choice, stay as they are', () => {
  const gpu: DeviceChoice = { ...device, backend: 'webgpu' };
  expect(sameThreads(gpu, [{ ...first, ...on(1) }])).toBe(gpu);
  expect(sameThreads(device, [{ ...first, ...on(1, 'webgpu') }])).toBe(device);
  const barred: DeviceChoice = { ...device, threads: 1, threadsBarred: 'not-isolated' };
  expect(sameThreads(barred, [{ ...first, ...on(4) }])).toBe(barred);
});

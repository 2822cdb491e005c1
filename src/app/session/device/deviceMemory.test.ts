import { expect, test, vi } from 'vitest';
import type { DeviceChoice } from '../../../protocol/protocol.ts';
import { createDeviceMemory } from './deviceMemory.ts';

const wasm: DeviceChoice = { backend: 'wasm', threads: 4, hardware: '', software: true, reason: 'no-webgpu' };
const found = { threads: 1, tried: 4, gain: 0.9 };
const { signal } = new AbortController();

test('threads are measured once for a number of lanes, and then chosen at once', async () => {
  const measureThreads = vi.fn(() => Promise.resolve(found));
  const memory = createDeviceMemory({ chooseDevice: () => Promise.resolve(wasm), measureThreads });
  expect(await memory.choose(2)).toEqual(wasm);
  const calibrated = { ...wasm, threads: 1, threadsMeasured: found };
  expect(await memory.calibrate(2, signal)).toEqual(calibrated);
  expect(await memory.calibrate(2, signal)).toEqual(calibrated);
  expect(await memory.choose(2)).toEqual(calibrated);
  expect(await memory.choose(1)).toEqual(wasm);
  expect(measureThreads).toHaveBeenCalledTimes(1);
});

test('a measurement that was broken off is made anew; other backends have no threads to measure', async () => {
  const measureThreads = vi.fn(() => Promise.reject(new Error('needed')));
  const memory = createDeviceMemory({ chooseDevice: () => Promise.resolve(wasm), measureThreads });
  await expect(memory.calibrate(1, signal)).rejects.toThrow('needed');
  await expect(memory.calibrate(1, signal)).rejects.toThrow('needed');
  expect(measureThreads).toHaveBeenCalledTimes(2);

  const gpu: DeviceChoice = { ...wasm, backend: 'webgpu', threads: 1 };
  const other = createDeviceMemory({ chooseDevice: () => Promise.resolve(gpu), measureThreads });
  expect(await other.calibrate(1, signal)).toEqual(gpu);
  expect(measureThreads).toHaveBeenCalledTimes(2);
});

test('a device that does not start is not chosen again, nor measured, until it is forgiven', async () => {
  const error = Object.assign(new Error('k.wasm did not arrive: HTTP 404.'), { name: 'DeviceError' });
  const chooseDevice = (_: number, failed: ReadonlyMap<string, string>) =>
    Promise.resolve<DeviceChoice>(failed.has('wasm') ? { ...wasm, backend: 'cpu', threads: 1 } : wasm);
  const measureThreads = vi.fn(() => Promise.reject(error));
  const memory = createDeviceMemory({ chooseDevice, measureThreads });
  expect(await memory.calibrate(2, signal)).toMatchObject({ backend: 'cpu' });
  expect(await memory.calibrate(2, signal)).toMatchObject({ backend: 'cpu' });
  expect(await memory.choose(1)).toMatchObject({ backend: 'cpu' });
  expect(measureThreads).toHaveBeenCalledTimes(1);
  memory.forgive();
  expect(await memory.choose(1)).toMatchObject({ backend: 'wasm' });

  expect(memory.fail('cpu', error)).toBe(false);
  expect(memory.fail('wasm', new RangeError('no memory'))).toBe(false);
  expect(await memory.choose(1)).toMatchObject({ backend: 'wasm' });
});

test('what choosing found out by measuring is not found out again', async () => {
  const seen: string[][] = [];
  const memory = createDeviceMemory({
    chooseDevice: (_, failed) => {
      seen.push([...failed.keys()]);
      const missed = [{ kind: 'failed', backend: 'webgl', why: 'no context' }] as const;
      return Promise.resolve({ ...wasm, missed });
    },
    measureThreads: () => Promise.resolve(null),
  });
  await memory.choose(1);
  await memory.calibrate(1, signal);
  expect(seen).toEqual([[], ['webgl'], ['webgl']]);
});

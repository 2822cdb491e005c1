import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Speed } from '../../model/cost.ts';
import { createFakeClient } from '../testing/fakeClient.ts';
import { createApp } from './appStore.ts';
import { keepSpeed, type SpeedServices } from './speedMeter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const speed: Speed = { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd: 1e-9 }, lanesAtOnce: 2 };

function page(measureSpeed: SpeedServices['measureSpeed']) {
  const app = createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 5 }),
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleFrame: (callback) => callback(),
    describeDifference: () => '',
    preferences: { read: () => ({}), write: () => undefined },
  });
  const measured = vi.fn(measureSpeed);
  keepSpeed(app.store, { measureSpeed: measured });
  return { app, measured, kind: () => app.store.getState().speed.kind };
}
const soon = () => vi.advanceTimersByTimeAsync(1000);

test('the device is measured once for one lane and once for several, and remembered', async () => {
  const { app, measured, kind } = page(() => Promise.resolve(speed));
  expect(kind()).toBe('unknown');
  await app.findDevice();
  expect(kind()).toBe('measuring');
  await soon();
  expect(app.store.getState().speed).toEqual({ kind: 'measured', speed });
  app.addTwins();
  await soon();
  expect(measured).toHaveBeenCalledTimes(1);
  for (const { id } of app.store.getState().draft.lanes.slice(1)) app.removeLane(id);
  await soon();
  app.addTwins();
  await soon();
  expect(measured).toHaveBeenCalledTimes(2);
});

test('training ends a measurement, and it is made up for afterwards', async () => {
  const signals: AbortSignal[] = [];
  const { app, kind } = page((_device, _lanes, signal) => {
    signals.push(signal);
    if (signals.length > 1) return Promise.resolve(speed);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  });
  await app.findDevice();
  await soon();
  await app.train();
  expect([signals.map((signal) => signal.aborted), kind()]).toEqual([[true], 'unknown']);
  await soon();
  expect(signals).toHaveLength(1);
  app.stop();
  await soon();
  expect(kind()).toBe('measured');
});

test('what cannot be measured is said, and breaks nothing', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { app, kind } = page(() => Promise.reject(new Error('no')));
  await app.findDevice();
  await soon();
  expect(kind()).toBe('failed');
  expect(warn).toHaveBeenCalled();
});

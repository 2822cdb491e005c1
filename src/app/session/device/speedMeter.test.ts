import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { costOf, type Speed } from '../../../model/cost.ts';
import type { DeviceChoice } from '../../../protocol/protocol.ts';
import { createFakeClient } from '../../testing/fakeClient.ts';
import { createApp } from '../../store.ts';
import { secondsPerStep } from '../../runs/progress.ts';
import { readDraft } from '../../state/readDraft.ts';
import { meterSpeed, type SpeedServices } from './speedMeter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const speed: Speed = { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd: 1e-9 }, lanesAtOnce: 2 };

const wasm: DeviceChoice = { backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' };

function page(
  measureSpeed: SpeedServices['measureSpeed'],
  calibrateDevice: SpeedServices['calibrateDevice'] = () => Promise.resolve(wasm),
  client = createFakeClient({ every: () => () => undefined, stepsPerTick: 5 }),
) {
  const app = createApp({
    client,
    chooseDevice: () => Promise.resolve(wasm),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    preferences: { read: () => ({}), write: () => undefined },
  });
  const measured = vi.fn(measureSpeed);
  meterSpeed(app.store, { calibrateDevice, measureSpeed: measured });
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

test('measured threads are shown as the device, and the speed is measured with them', async () => {
  const device: DeviceChoice = { ...wasm, threads: 2, threadsMeasured: { threads: 2, tried: 2, gain: 1.5 } };
  const { app, measured } = page(
    () => Promise.resolve(speed),
    () => Promise.resolve(device),
  );
  await app.findDevice();
  await soon();
  expect(app.store.getState().device).toEqual({ kind: 'found', choice: device });
  expect(measured.mock.lastCall?.[0]).toEqual(device);
  expect(measured).toHaveBeenCalledTimes(1);
});

test('a run that began before anything was measured tells its own speed', async () => {
  let tick = () => {};
  const client = createFakeClient({ every: (each) => ((tick = each), () => undefined), stepsPerTick: 5 });
  const { app, measured, kind } = page(() => Promise.resolve(speed), undefined, client);
  await app.findDevice();
  await app.train();
  tick();
  expect(kind()).toBe('unknown');
  tick();
  tick();
  expect(kind()).toBe('measured');
  const { speed: learnt } = app.store.getState();
  expect(learnt.kind === 'measured' && learnt.speed.rates.perMultiplyAdd).toBeGreaterThan(0);
  expect(measured).not.toHaveBeenCalled();
});

test('what was estimated before is set right by the run, within its first twenty steps, and stays so', async () => {
  let tick = () => {};
  const client = createFakeClient({ every: (each) => ((tick = each), () => undefined), stepsPerTick: 5 });
  const { app } = page(() => Promise.resolve(speed), undefined, client);
  await app.findDevice();
  await soon();
  const cost = () => {
    const state = app.store.getState();
    const { experiment } = readDraft(state.draft);
    return state.speed.kind === 'measured' ? costOf(experiment!, state.speed.speed).stepSeconds : NaN;
  };
  const estimate = cost();
  await app.train();
  tick();
  expect(cost()).toBe(estimate);
  while (Math.min(...app.store.getState().training.runs.map(({ step }) => step)) < 20) tick();
  const pace = Math.max(...app.store.getState().training.runs.map((run) => secondsPerStep(run)!));
  expect(cost()).toBeCloseTo(pace, 6);
  expect(Math.abs(pace / estimate - 1)).toBeGreaterThan(0.1);
  app.stop();
  await soon();
  expect(cost()).toBeCloseTo(pace, 6);
});

test('a device that turns out not to start is fallen on from, and the next one is shown and measured', async () => {
  const cpu: DeviceChoice = { ...wasm, backend: 'cpu', reason: 'others-failed' };
  let choice = wasm;
  const error = Object.assign(new Error('k.wasm did not arrive: HTTP 404.'), { name: 'DeviceError' });
  const app = createApp({
    client: createFakeClient({ every: () => () => undefined, stepsPerTick: 5 }),
    chooseDevice: () => Promise.resolve(choice),
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    preferences: { read: () => ({}), write: () => undefined },
  });
  meterSpeed(app.store, {
    calibrateDevice: () => Promise.resolve(choice),
    measureSpeed: ({ backend }) => (backend === 'cpu' ? Promise.resolve(speed) : Promise.reject(error)),
    deviceFailed: (backend, { name }) => {
      choice = cpu;
      return backend === 'wasm' && name === 'DeviceError';
    },
  });
  await app.findDevice();
  await soon();
  await soon();
  expect(app.store.getState()).toMatchObject({
    device: { kind: 'found', choice: cpu },
    speed: { kind: 'measured', speed },
  });
});

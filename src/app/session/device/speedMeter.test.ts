import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientEvent, ExperimentClient } from '../../../client/clientTypes.ts';
import { costOf, type Speed } from '../../../model/cost.ts';
import type { DeviceChoice } from '../../../protocol/protocol.ts';
import { createFakeClient } from '../../testing/fakeClient.ts';
import { createApp } from '../../store.ts';
import { noKeeping } from '../../state/keeping.ts';
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
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
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
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
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

const times = (factor: number): Speed => ({
  ...speed,
  rates: { ...speed.rates, perMultiplyAdd: factor * speed.rates.perMultiplyAdd },
});

describe('a first measurement in a busy moment', () => {
  /** The factor that is shown after so many measurements. */
  async function shownAfter(...factors: readonly number[]) {
    let count = 0;
    const { app, measured } = page(() => Promise.resolve(times(factors[count++] ?? factors.at(-1)!)));
    await app.findDevice();
    await vi.advanceTimersByTimeAsync(60_000);
    const { speed: shown } = app.store.getState();
    if (shown.kind !== 'measured') throw new Error('nothing is measured');
    return [shown.speed.rates.perMultiplyAdd / speed.rates.perMultiplyAdd, measured.mock.calls.length];
  }
  test.each([
    ['a quiet one is made twice, and stays', [1, 1.05], [1, 2]],
    ['one that was slower for nothing is mended', [4, 1, 1.02], [1, 3]],
    ['a busy second one changes nothing', [1, 5], [1, 2]],
    ['no more than three are made', [9, 4, 1, 0.2], [1, 3]],
  ])('%s', async (_what, factors, [factor, count]) => {
    const [shown, calls] = await shownAfter(...factors);
    expect(shown).toBeCloseTo(factor!);
    expect(calls).toBe(count);
  });

  test('training comes before the second one', async () => {
    const { app, measured } = page(() => Promise.resolve(speed));
    await app.findDevice();
    await soon();
    await app.train();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(measured).toHaveBeenCalledTimes(1);
  });

  test('a second one that fails leaves the first', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    let count = 0;
    const { app, kind } = page(() =>
      count++ === 0 ? Promise.resolve(speed) : Promise.reject(new Error('no')),
    );
    await app.findDevice();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([kind(), count]).toEqual(['measured', 2]);
  });
});

describe('a run whose pace changes', () => {
  /** A page whose two lanes do what the test says, and the seconds of a step that the page expects. */
  async function training() {
    let emit: (event: ClientEvent) => void = () => undefined;
    const noop = () => undefined;
    const client: ExperimentClient = {
      warm: noop,
      start: (_experiment, _device, tell) => {
        emit = tell;
        return { pause: noop, resume: noop, stop: noop, dispose: noop, keep: noop, addLane: noop, exportWeights: () => Promise.reject(new Error()) }; // prettier-ignore
      },
    };
    const { app } = page(() => Promise.resolve(speed), undefined, client);
    await app.findDevice();
    await soon();
    await app.train();
    const lanes = ['plain-20', 'plain-56'];
    for (const lane of lanes)
      emit({ kind: 'run', lane, event: { kind: 'state', state: 'running', step: 0 } });
    const at = new Map(lanes.map((lane) => [lane, { step: 0, seconds: 0 }]));
    /** So many packs of `count` steps of these seconds. */
    const steps = (packs: number, count: number, each: number, only = lanes) => {
      for (let i = 0; i < packs; i++) {
        for (const lane of only) {
          const of = at.get(lane)!;
          const begun = of.seconds;
          emit({ kind: 'run', lane, event: {
            kind: 'steps', first: of.step + 1, loss: new Float32Array(count), error: new Float32Array(count),
            learningRate: new Float32Array(count), epoch: new Float32Array(count),
            trainingSeconds: Float64Array.from({ length: count }, (_, k) => begun + (k + 1) * each),
            imagesPerSecond: 1, waitingSeconds: 0, idleSeconds: 0,
          } }); // prettier-ignore
          of.step += count;
          of.seconds = begun + count * each;
        }
      }
    };
    const expected = () => {
      const state = app.store.getState();
      const { experiment } = readDraft(state.draft);
      return state.speed.kind === 'measured' ? costOf(experiment!, state.speed.speed).stepSeconds : NaN;
    };
    const state = (lane: string, to: 'paused' | 'running') =>
      emit({ kind: 'run', lane, event: { kind: 'state', state: to, step: at.get(lane)!.step } });
    return { steps, expected, state };
  }

  test('a busy first second is forgotten within thirty steps', async () => {
    const { steps, expected } = await training();
    steps(12, 1, 2);
    expect(expected()).toBeCloseTo(2);
    steps(18, 1, 0.4);
    expect(expected()).toBeCloseTo(0.4);
  });

  test('a laptop that grows hot is followed', async () => {
    const { steps, expected } = await training();
    steps(40, 1, 0.4);
    expect(expected()).toBeCloseTo(0.4);
    steps(30, 1, 0.9);
    expect(expected()).toBeCloseTo(0.9);
  });

  test('a paused lane, and the others\u2019 waiting for it, tell nothing', async () => {
    const { steps, expected, state } = await training();
    steps(40, 1, 0.4);
    state('plain-20', 'paused');
    steps(1, 1, 600, ['plain-56']);
    expect(expected()).toBeCloseTo(0.4);
    state('plain-20', 'running');
    steps(1, 1, 0.4, ['plain-20']);
    steps(20, 1, 0.42);
    expect(expected()).toBeCloseTo(0.4);
  });
});

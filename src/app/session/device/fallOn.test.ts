/** What becomes of an experiment whose device does not start. */
import { expect, test } from 'vitest';
import type { ClientEvent, ExperimentClient } from '../../../client/clientTypes.ts';
import type { BackendName, DeviceChoice } from '../../../protocol/protocol.ts';
import { createFakeClient } from '../../testing/fakeClient.ts';
import { createApp } from '../../store.ts';
import { noKeeping } from '../../state/keeping.ts';
import { createDeviceMemory } from './deviceMemory.ts';
import { phaseOf } from '../../state/training.ts';

const order: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];
const why = 'k.wasm did not arrive: HTTP 404.';
const failure = { name: 'DeviceError', message: why };

/** A page whose client fails on the backends of `broken`, after `steps` steps of its first lane if that is given. */
function page(broken: readonly BackendName[], steps = 0) {
  const ticks = new Set<() => void>();
  const fake = createFakeClient({
    every: (tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
    stepsPerTick: 25,
  });
  const started: BackendName[] = [];
  const fail = (emit: (event: ClientEvent) => void, lane: string) =>
    emit({
      kind: 'run',
      lane,
      event: { kind: 'state', state: 'failed', step: steps, reason: 'error', failure },
    });
  const client: ExperimentClient = {
    warm: () => undefined,
    start(experiment, device, emit, weights) {
      started.push(device.backend);
      const running = fake.start(experiment, device, emit, weights);
      if (!broken.includes(device.backend)) return running;
      const begin = [...ticks].at(-1)!;
      queueMicrotask(() => {
        if (steps > 0) begin();
        for (const { id } of experiment.lanes) fail(emit, id);
      });
      return running;
    },
  };
  const memory = createDeviceMemory({
    chooseDevice: (_, failed) => {
      const missed = [...failed].map(
        ([backend, reason]) => ({ kind: 'failed', backend, why: reason }) as const,
      );
      const backend = order.find((one) => !failed.has(one))!;
      const software = backend !== 'webgpu';
      const reason = missed.length > 0 ? 'others-failed' : 'hardware-webgpu';
      return Promise.resolve<DeviceChoice>({ backend, threads: 1, hardware: '', software, reason, missed });
    },
    measureThreads: () => Promise.resolve(null),
  });
  const app = createApp({
    client,
    chooseDevice: memory.choose,
    deviceFailed: memory.fail,
    forgiveDevices: memory.forgive,
    scheduleUpdate: (callback) => queueMicrotask(callback),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
  });
  const state = () => app.store.getState();
  return {
    app,
    started,
    state,
    phase: () => phaseOf(state().training),
    settle: () => new Promise((resolve) => setTimeout(resolve, 5)),
    tick: () => ticks.forEach((tick) => tick()),
    clocks: ticks,
  };
}

test('the run goes to the next device that starts, with the same experiment, and no failure is left on the page', async () => {
  const { app, started, state, phase, settle, tick, clocks } = page(['webgpu', 'wasm']);
  await app.train();
  await settle();
  expect(started).toEqual(['webgpu', 'wasm', 'cpu']);
  expect(clocks.size).toBe(1);
  tick();
  await settle();
  expect(phase()).toBe('running');
  expect(state().training.failure).toBeNull();
  expect(state().training.runs.map(({ end }) => end)).toEqual([null, null]);
  expect(state().device).toMatchObject({
    choice: {
      backend: 'cpu',
      missed: [
        { backend: 'webgpu', why },
        { backend: 'wasm', why },
      ],
    },
  });
});

test('stopping while the next device is looked for starts nothing', async () => {
  const { app, started, phase, settle } = page(['webgpu']);
  const training = app.train();
  await training;
  // The failure is told in a microtask; the stop comes before the next device is chosen.
  await Promise.resolve();
  app.stop();
  await settle();
  expect(phase()).toBe('ended');
  expect(started.length).toBeLessThanOrEqual(2);
});

test('plain JavaScript has nothing after it: its failure is told', async () => {
  const { app, state, settle, started } = page(order);
  await app.train();
  await settle();
  expect(started).toEqual(order);
  expect(state().training.runs.map(({ end }) => end?.failure)).toEqual([failure, failure]);
});

test('a device that is lost while it trains ends its runs; the same experiment then trains elsewhere when asked to', async () => {
  const { app, state, started, phase, settle } = page(['webgpu'], 25);
  await app.train();
  await settle();
  expect(started).toEqual(['webgpu']);
  expect(phase()).toBe('ended');
  expect(state().training.runs.map(({ step }) => step)).toEqual([25, 25]);
  const { draft } = state();
  await app.trainElsewhere(failure);
  await settle();
  expect(started).toEqual(['webgpu', 'wasm']);
  expect(state().draft).toBe(draft);
  // What was recorded before stays on the page.
  expect(state().archive.kept.map(({ step }) => step)).toEqual([25, 25]);
});

test('devices that failed are tried again when a person asks for it', async () => {
  const { app, state, settle } = page(['webgpu']);
  await app.train();
  await settle();
  expect(state().device).toMatchObject({ choice: { backend: 'wasm' } });
  await app.retryDevices();
  expect(state().device).toMatchObject({ choice: { backend: 'wasm' } });
  app.stop();
  await settle();
  await app.retryDevices();
  expect(state().device).toMatchObject({ choice: { backend: 'webgpu', missed: [] } });
});

test('the untouched default is sized anew when the graphics card is fallen on from, what a person made is not', async () => {
  const width = async (edit: boolean) => {
    const { app, state, settle } = page(['webgpu']);
    await app.findDevice();
    if (edit) app.editRecipe({ seed: '7' });
    const before = state().draft.lanes[0]!.width;
    await app.train();
    app.stop();
    await settle();
    await app.findDevice();
    return [before, state().draft.lanes[0]!.width];
  };
  expect(await width(false)).toEqual(['16', '8']);
  expect(await width(true)).toEqual(['16', '16']);
});

import { expect, test } from 'vitest';
import type { ClientEvent, ExperimentClient } from '../client/clientTypes.ts';
import type { DeviceChoice } from '../protocol/protocol.ts';
import { createFakeClient, type FakeOptions } from './testing/fakeClient.ts';
import { createApp, type Services } from './store.ts';
import { noKeeping } from './state/keeping.ts';
import { phaseOf } from './state/training.ts';

const cpu: DeviceChoice = { backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' };
const gpu: DeviceChoice = {
  backend: 'webgpu',
  threads: 1,
  hardware: 'M2',
  software: false,
  reason: 'hardware-webgpu',
};

const noop = () => undefined;

/** The page's state with a client, updates and ticks that the test drives by hand. */
function page({ fake, ...services }: { fake?: Partial<FakeOptions> } & Partial<Services> = {}) {
  const ticks = new Set<() => void>();
  let updates: (() => void)[] = [];
  const app = createApp({
    client: createFakeClient({
      every: (tick) => {
        ticks.add(tick);
        return () => ticks.delete(tick);
      },
      stepsPerTick: 25,
      ...fake,
    }),
    chooseDevice: () => Promise.resolve(cpu),
    scheduleUpdate: (callback) => updates.push(callback),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping: noKeeping,
    now: () => 0,
    preferences: { read: () => ({}), write: () => undefined },
    ...services,
  });
  const update = () => {
    const due = updates;
    updates = [];
    for (const callback of due) callback();
  };
  return {
    app,
    clocks: ticks,
    update,
    tick: (count = 1) => {
      for (let i = 0; i < count; i++) for (const tick of [...ticks]) tick();
      update();
    },
    phase: () => phaseOf(app.store.getState().training),
    runs: () => app.store.getState().training.runs,
  };
}

test('trains the draft from start to end', async () => {
  const { app, tick, phase, runs } = page();
  await app.train();
  expect(phase()).toBe('starting');
  tick(5);
  expect(phase()).toBe('running');
  expect(runs().map((run) => [run.lane, run.name, run.step])).toEqual([
    ['plain-20', 'plain-20', 125],
    ['plain-56', 'plain-56', 125],
  ]);
  tick(10);
  expect(phase()).toBe('ended');
  expect(runs().map((run) => run.end?.reason)).toEqual(['completed', 'completed']);
  expect(runs()[0]!.evaluations.at(-1)?.complete).toBe(true);
});

test('however many events arrive, the page is told of them once', async () => {
  const { app, tick, update } = page();
  await app.train();
  let told = 0;
  app.store.subscribe(() => told++);
  tick(3);
  expect(told).toBe(1);
  update();
  expect(told).toBe(1);
});

test('pauses, resumes and stops one lane or all', async () => {
  const { app, tick, update, phase, runs } = page();
  await app.train();
  tick(2);
  app.pause('plain-20');
  tick();
  expect(runs().map((run) => [run.state, run.step])).toEqual([
    ['paused', 50],
    ['running', 75],
  ]);
  app.pause();
  update();
  expect(phase()).toBe('paused');
  app.resume();
  tick();
  expect(runs().map((run) => run.step)).toEqual([75, 100]);
  app.stop();
  update();
  expect(runs().map((run) => run.end?.reason)).toEqual(['stopped', 'stopped']);
});

test('while a run is alive nothing of what it trains can be changed, and Train does nothing', async () => {
  const { app, tick, runs } = page();
  await app.train();
  tick();
  const { draft } = app.store.getState();
  app.editRecipe({ seed: '2' });
  app.removeLane('plain-20');
  await app.train();
  expect(app.store.getState().draft).toBe(draft);
  expect(runs()[0]!.step).toBe(25);
});

test('training again starts afresh, and hears nothing more of the last experiment', async () => {
  const emits: ((event: ClientEvent) => void)[] = [];
  const idle = {
    pause: noop,
    resume: noop,
    stop: noop,
    dispose: noop,
    keep: noop,
    addLane: noop,
    exportWeights: () => Promise.reject(new Error()),
  };
  const client: ExperimentClient = {
    warm: noop,
    start: (_experiment, _device, emit) => {
      emits.push(emit);
      return idle;
    },
  };
  const { app, update, runs } = page({ client });
  const end = (emit: (event: ClientEvent) => void) => {
    const event = { kind: 'state', state: 'failed', step: 0, reason: 'error' } as const;
    for (const lane of ['plain-20', 'plain-56']) emit({ kind: 'run', lane, event });
  };
  await app.train();
  end(emits[0]!);
  update();
  expect(runs()[0]!.state).toBe('ended');
  await app.train();
  end(emits[0]!);
  update();
  expect(runs().map((run) => [run.id, run.state])).toEqual([
    ['2/plain-20', 'waiting'],
    ['2/plain-56', 'waiting'],
  ]);
});

test('a lane joins those that train, under its own name and look; what trains stays as it is', async () => {
  const { app, tick, runs } = page();
  await app.train();
  tick(2);
  app.editLane('plain-20', { depth: '32' });
  expect(app.store.getState().draft.lanes[0]!.depth).toBe('20');

  const id = app.duplicateLane('plain-20')!;
  app.editLane(id, { width: '16' });
  app.trainLane(id);
  app.trainLane(id);
  expect(runs().map((run) => [run.lane, run.config?.model.width, run.state])).toEqual([
    ['plain-20', 8, 'running'],
    ['plain-56', 8, 'running'],
    [id, 16, 'waiting'],
  ]);
  const looks = runs().map(({ style }) => JSON.stringify(style));
  expect(new Set(looks).size).toBe(3);
  expect(new Set(runs().map(({ id: run }) => run)).size).toBe(3);
  app.editLane(id, { width: '8' });
  tick(1);
  expect(runs()[2]).toMatchObject({ step: 25, state: 'running' });
  expect(app.store.getState().training.experiment!.lanes.map((lane) => lane.id)).toContain(id);
});

test('a lane that is no net yet, or comes when nothing trains, does not join', async () => {
  const { app, tick, runs, phase } = page();
  app.trainLane('plain-20');
  expect(phase()).toBe('idle');
  await app.train();
  tick(1);
  const id = app.addLane()!;
  app.editLane(id, { depth: '21' });
  app.trainLane(id);
  expect(runs()).toHaveLength(2);
  const other = app.addLane()!;
  app.editLane(other, { depth: '20' });
  app.trainLane(other);
  expect(runs().map((run) => run.lane)).toEqual(['plain-20', 'plain-56', other]);
  app.stop();
  tick(1);
  expect(phase()).toBe('ended');
  app.editLane(id, { depth: '32' });
  app.trainLane(id);
  expect(runs()).toHaveLength(3);
});

test('a faulty draft is not trained', async () => {
  const { app, phase } = page();
  app.editRecipe({ learningRate: 'fast' });
  await app.train();
  expect(phase()).toBe('idle');
});

test('stopping while the device is still being looked for starts nothing', async () => {
  let found: (device: DeviceChoice) => void = () => undefined;
  const { app, clocks, phase } = page({ chooseDevice: () => new Promise((resolve) => (found = resolve)) });
  const training = app.train();
  app.stop();
  expect(phase()).toBe('ended');
  found(cpu);
  await training;
  expect(clocks.size).toBe(0);
});

test('a device that cannot be had is said, and training again tries again', async () => {
  let available = false;
  const { app, phase, tick } = page({
    chooseDevice: () =>
      available ? Promise.resolve(cpu) : Promise.reject(new Error('this browser has no WebGPU')),
  });
  await app.findDevice();
  expect(app.store.getState().device).toMatchObject({ kind: 'failed' });
  await app.train();
  expect(phase()).toBe('ended');
  expect(app.store.getState().training.failure?.message).toContain('WebGPU');
  available = true;
  await app.train();
  tick();
  expect(phase()).toBe('running');
  expect(app.store.getState().training.failure).toBeNull();
});

test('the default is sized to the device until the person has changed something', async () => {
  const width = async (device: DeviceChoice, edit: boolean) => {
    const { app } = page({ chooseDevice: () => Promise.resolve(device) });
    if (edit) app.editRecipe({ seed: '7' });
    await app.findDevice();
    return app.store.getState().draft.lanes[0]!.width;
  };
  const imitated: DeviceChoice = { ...gpu, software: true, reason: 'asked-for' };
  expect([await width(cpu, false), await width(gpu, false), await width(gpu, true)]).toEqual([
    '8',
    '16',
    '8',
  ]);
  expect(await width(imitated, false)).toBe('8');
});

test('an optimiser comes with its customary learning rate, unless the person chose one', () => {
  const { app } = page();
  const rate = () => app.store.getState().draft.recipe.learningRate;
  app.editRecipe({ optimizer: 'adam' });
  expect(rate()).toBe('0.001');
  app.editRecipe({ learningRate: '0.02' });
  app.editRecipe({ optimizer: 'sgd' });
  expect(rate()).toBe('0.02');
});

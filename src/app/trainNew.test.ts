/** What is done is not trained again: the new nets alone, twins beside or behind what trains, longer runs, lower rates. */
import { expect, test } from 'vitest';
import type { DeviceChoice } from '../protocol/protocol.ts';
import type { ExperimentClient, RunningExperiment } from '../client/clientTypes.ts';
import type { ExperimentConfig } from '../model/config.ts';
import { trainOffer } from './runs/doneRuns.ts';
import { phaseOf } from './state/training.ts';
import { readDraft } from './state/readDraft.ts';
import { createApp } from './store.ts';
import { createFakeClient, type FakeOptions } from './testing/fakeClient.ts';

const wasm: DeviceChoice = { backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' };

/** A page whose client tells what it was asked to train, and who was ended. */
function page(fake: Partial<FakeOptions> = {}, chooseDevice = () => Promise.resolve(wasm)) {
  const ticks = new Set<() => void>();
  const started: { experiment: ExperimentConfig; disposed: boolean; joined: string[]; exported: string[] }[] =
    [];
  const client = createFakeClient({
    every: (tick) => {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
    stepsPerTick: 30,
    ...fake,
  });
  const spying: ExperimentClient = {
    ...client,
    start(experiment, device, emit, weights): RunningExperiment {
      const one = { experiment, disposed: false, joined: [] as string[], exported: [] as string[] };
      started.push(one);
      const running = client.start(experiment, device, emit, weights);
      return {
        ...running,
        addLane: (lane, bytes) => {
          one.joined.push(lane.id);
          running.addLane(lane, bytes);
        },
        exportWeights: (lane) => {
          one.exported.push(lane);
          return Promise.resolve(new ArrayBuffer(0));
        },
        dispose: () => {
          one.disposed = true;
          running.dispose();
        },
      };
    },
  };
  const app = createApp({
    client: spying,
    chooseDevice,
    scheduleUpdate: (callback) => callback(),
    describeDifference: () => '',
    preferences: { read: () => ({}), write: () => undefined },
  });
  app.editRecipe({ budget: '60', evaluationEvery: '0' });
  const state = () => app.store.getState();
  return {
    app,
    started,
    state,
    runs: () => state().training.runs,
    names: () => state().training.runs.map((run) => `${run.name}: ${run.step}`),
    phase: () => phaseOf(state().training),
    offer: () => trainOffer(state(), readDraft(state().draft).experiment!),
    tick: (count = 4) => {
      for (let i = 0; i < count; i++) for (const tick of [...ticks]) tick();
    },
    /** As many trainings as follow each other. */
    ticks: async (trainings: number) => {
      for (let i = 0; i < 4 * trainings; i++) {
        for (const tick of [...ticks]) tick();
        // The next one begins when its device is found.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    /** The lanes of every training, in order. */
    trained: () => started.map(({ experiment }) => experiment.lanes.map(({ id }) => id)),
  };
}

test('the new nets are trained alone, and what is done stays on the stage with its weights', async () => {
  const { app, started, names, offer, tick, trained, runs } = page();
  expect(offer()).toBe('train');
  await app.train();
  tick();
  expect(offer()).toBe('again');
  app.addTwins();
  expect(offer()).toBe('new');
  await app.trainNew();
  tick(1);
  expect(names()).toEqual(['plain-20: 60', 'plain-56: 60', 'ResNet-20: 30', 'ResNet-56: 30']);
  expect(trained()).toEqual([
    ['plain-20', 'plain-56'],
    ['lane-1', 'lane-2'],
  ]);
  const [first, second] = started.map(({ experiment }) => experiment);
  expect([second!.recipe, second!.pace]).toEqual([first!.recipe, first!.pace]);
  expect(new Set(runs().map(({ style }) => JSON.stringify(style))).size).toBe(4);
  tick();
  expect(offer()).toBe('again');
  expect(started[0]!.disposed).toBe(false);
  await app.exportWeights('plain-56');
  await app.exportWeights('lane-2');
  expect(started.map(({ exported }) => exported)).toEqual([['plain-56'], ['lane-2']]);
});

test('nothing is trained twice: not when all is done, not what an earlier experiment has done', async () => {
  const { app, started, names, offer, tick, trained, state } = page();
  await app.train();
  tick();
  await app.trainNew();
  expect(started).toHaveLength(1);
  // Another experiment, and back to the first with one net more.
  const { draft } = state();
  app.editLane('plain-20', { depth: '32' });
  await app.trainNew();
  tick();
  expect(trained()[1]).toEqual(['plain-20']);
  expect(names()).toEqual(['plain-32: 60', 'plain-56: 60']);
  app.store.setState({ draft });
  expect(offer()).toBe('again');
  app.editLane(app.addLane()!, { depth: '44' });
  await app.trainNew();
  tick();
  expect(trained()[2]).toEqual(['lane-1']);
  expect(names()).toEqual(['plain-20: 60', 'plain-56: 60', 'plain-44: 60']);
  expect(state().archive.kept.map(({ name }) => name)).toEqual(['plain-32']);
  const ids = [...state().archive.kept, ...state().training.runs].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // The first of them is held by an experiment that is gone: it says so.
  await expect(app.exportWeights('plain-20')).rejects.toThrow(/weights/);
});

test.each([
  ['seed', (app: ReturnType<typeof page>['app']) => app.editRecipe({ seed: '9' })],
  ['rate', (app: ReturnType<typeof page>['app']) => app.editRecipe({ learningRate: '0.05' })],
  ['budget', (app: ReturnType<typeof page>['app']) => app.editRecipe({ budget: '90' })],
  [
    'filters',
    (app: ReturnType<typeof page>['app']) =>
      ['plain-20', 'plain-56'].forEach((id) => app.editLane(id, { width: '4' })),
  ],
  [
    'precision',
    (app: ReturnType<typeof page>['app']) =>
      app.store.setState({ device: { kind: 'found', choice: { ...wasm, precision: 'f16-storage' } } }),
  ],
  [
    'backend',
    (app: ReturnType<typeof page>['app']) =>
      app.store.setState({ device: { kind: 'found', choice: { ...wasm, backend: 'webgpu' } } }),
  ],
] as const)('another %s is another training', async (_what, change) => {
  const { app, offer, tick } = page();
  await app.train();
  tick();
  change(app);
  expect(offer()).toBe('train');
});

test('another start is another training, and a run that was stopped is not done', async () => {
  const { app, offer, tick, state } = page();
  await app.train();
  tick(1);
  app.stop('plain-56');
  tick();
  expect(offer()).toBe('new');
  const { model } = readDraft(state().draft).experiment!.lanes[0]!;
  app.setStartWeights('plain-20', { file: 'a.safetensors', bytes: new ArrayBuffer(0), model, notes: [] });
  expect(offer()).toBe('train');
});

test('a budget in minutes repeats nothing', async () => {
  const { app, offer, tick } = page();
  app.editRecipe({ budgetUnit: 'minutes', budget: '1' });
  await app.train();
  tick(20);
  expect(offer()).toBe('train');
});

test('a name, the number of a test\u2019s lane, or the order of the lanes makes no other training', async () => {
  const { app, offer, tick, state } = page();
  await app.train();
  tick();
  app.editLane('plain-20', { name: 'mine' });
  app.store.setState(({ draft }) => ({ draft: { ...draft, lanes: draft.lanes.toReversed() } }));
  expect(offer()).toBe('again');
  expect(state().draft.lanes[0]!.id).toBe('plain-56');
});

test('equal lanes share their run: a copy is not trained again', async () => {
  const { app, offer, tick, started } = page();
  await app.train();
  tick();
  app.duplicateLane('plain-20');
  expect(offer()).toBe('again');
  await app.trainNew();
  expect(started).toHaveLength(1);
});

test('Train again takes the next seed that is new', async () => {
  const { app, tick, started, state } = page();
  await app.train();
  tick();
  await app.trainNextSeeds(1);
  tick();
  app.editRecipe({ seed: '1' });
  app.store.setState(({ training }) => ({
    training: { ...training, experiment: started[0]!.experiment },
  }));
  await app.trainNextSeeds(1);
  expect(started.map(({ experiment }) => experiment.recipe.seed)).toEqual([1, 2, 3]);
  expect(state().draft.recipe.seed).toBe('3');
});

test('new nets go through all the seeds of the others', async () => {
  const { app, started, ticks, offer, trained, names } = page();
  app.editRecipe({ seeds: '2' });
  await app.train();
  await ticks(2);
  expect(started).toHaveLength(2);
  app.addTwins();
  expect(offer()).toBe('new');
  await app.trainNew();
  await ticks(2);
  expect(trained().slice(2)).toEqual(Array(2).fill(['lane-1', 'lane-2']));
  expect(started.map(({ experiment }) => experiment.recipe.seed)).toEqual([1, 2, 1, 2]);
  expect(names()).toHaveLength(4);
  expect(offer()).toBe('again');
});

test('twins that are added while others train begin at once, by one press', async () => {
  const { app, tick, started, names } = page();
  await app.train();
  tick(1);
  await app.addTwinsAndTrain();
  expect(started[0]!.joined).toEqual(['lane-1', 'lane-2']);
  await app.addTwinsAndTrain();
  expect(started[0]!.joined).toHaveLength(2);
  tick();
  expect(names()).toEqual(['plain-20: 60', 'plain-56: 60', 'ResNet-20: 60', 'ResNet-56: 60']);
});

test('twins that stood in the form already are started too; other waiting lanes are not', async () => {
  const { app, tick, started } = page();
  await app.train();
  tick(1);
  app.addTwins();
  app.editLane(app.addLane()!, { depth: '32', shortcut: 'B' });
  await app.addTwinsAndTrain();
  expect(started[0]!.joined).toEqual(['lane-1', 'lane-2']);
});

test('twins that are added while the device is looked for begin with the others', async () => {
  let found: (device: DeviceChoice) => void = () => undefined;
  const { app, trained, phase, tick, names } = page({}, () => new Promise((resolve) => (found = resolve)));
  const training = app.train();
  expect(phase()).toBe('starting');
  await app.addTwinsAndTrain();
  found(wasm);
  await training;
  expect(trained()).toEqual([['plain-20', 'plain-56', 'lane-1', 'lane-2']]);
  tick();
  expect(names()).toHaveLength(4);
});

test('after a run, one press adds twins and trains them alone', async () => {
  const { app, tick, trained } = page();
  await app.train();
  tick();
  await app.addTwinsAndTrain();
  expect(trained()[1]).toEqual(['lane-1', 'lane-2']);
});

test('a longer run takes the budget so many times, and its drops with it', async () => {
  const { app, tick, started } = page();
  app.editRecipe({ schedule: 'steps', milestones: '30, 45' });
  await app.train();
  tick();
  await app.trainLonger(2.5);
  const { recipe } = started[1]!.experiment;
  expect([recipe.steps, recipe.schedule]).toEqual([
    150,
    { type: 'steps', milestones: [75, 113], factor: 0.1 },
  ]);
  // While it trains, nothing.
  await app.trainLonger(2);
  await app.lowerRate();
  expect(started).toHaveLength(2);
});

test('a lower rate is a tenth, for the nets that diverged', async () => {
  const { app, tick, started } = page({ divergeAt: { 'plain-20': 31 } });
  app.editLane('plain-56', {
    optimizer: { type: 'adam', learningRate: 0.001, momentum: 0, weightDecay: 0, decayNormalisation: true },
    rate: '0.001',
  });
  await app.train();
  tick();
  await app.lowerRate();
  const { recipe, lanes } = started[1]!.experiment;
  expect([recipe.optimizer.learningRate, lanes.map(({ id }) => id)]).toEqual([0.01, ['plain-20']]);
});

test('what takes too long is ended, kept, and a smaller one trained in its place; undo brings the form back', async () => {
  const { app, tick, started, state } = page();
  await app.train();
  tick(1);
  const smaller = { ...started[0]!.experiment, recipe: { ...started[0]!.experiment.recipe, steps: 30 } };
  await app.stopAndTrain(smaller);
  expect(started[1]!.experiment.recipe.steps).toBe(30);
  expect(state().archive.kept.map(({ step, end }) => [step, end?.reason])).toEqual([
    [30, 'stopped'],
    [30, 'stopped'],
  ]);
  tick();
  app.undoReplace();
  expect(state().draft.recipe.budget).toBe('60');
});

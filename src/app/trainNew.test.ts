/** What is done is not trained again: the new nets alone, and no equal run twice. */
import { expect, test } from 'vitest';
import { readDraft } from './state/readDraft.ts';
import type { App } from './state/App.ts';
import { spyingPage, wasm } from './testing/spyingPage.ts';

test('the new nets are trained alone, and what is done stays on the stage with its weights', async () => {
  const { app, started, names, offer, tick, trained, runs } = spyingPage();
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
  const { app, started, names, offer, tick, trained, state } = spyingPage();
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
  ['seed', (app: App) => app.editRecipe({ seed: '9' })],
  ['rate', (app: App) => app.editRecipe({ learningRate: '0.05' })],
  ['budget', (app: App) => app.editRecipe({ budget: '90' })],
  ['filters', (app: App) => ['plain-20', 'plain-56'].forEach((id) => app.editLane(id, { width: '4' }))],
  [
    'precision',
    (app: App) =>
      app.store.setState({ device: { kind: 'found', choice: { ...wasm, precision: 'f16-storage' } } }),
  ],
  [
    'backend',
    (app: App) => app.store.setState({ device: { kind: 'found', choice: { ...wasm, backend: 'webgpu' } } }),
  ],
] as const)('another %s is another training', async (_what, change) => {
  const { app, offer, tick } = spyingPage();
  await app.train();
  tick();
  change(app);
  expect(offer()).toBe('train');
});

test('with recomputation or without it is the same training', async () => {
  const { app, offer, tick, state } = spyingPage();
  await app.train();
  tick();
  app.editRecipe({ recompute: true });
  expect(offer()).toBe('again');
  // One that failed is trained with it; what is done stays.
  await app.recomputeAndTrain();
  expect(state().training.runs.map(({ config }) => config?.recompute)).toEqual([false, false]);
});

test('another start is another training, and a run that was stopped is not done', async () => {
  const { app, offer, tick, state } = spyingPage();
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
  const { app, offer, tick } = spyingPage();
  app.editRecipe({ budgetUnit: 'minutes', budget: '1' });
  await app.train();
  tick(20);
  expect(offer()).toBe('train');
});

test('a name, the number of a test\u2019s lane, or the order of the lanes makes no other training', async () => {
  const { app, offer, tick, state } = spyingPage();
  await app.train();
  tick();
  app.editLane('plain-20', { name: 'mine' });
  app.store.setState(({ draft }) => ({ draft: { ...draft, lanes: draft.lanes.toReversed() } }));
  expect(offer()).toBe('again');
  expect(state().draft.lanes[0]!.id).toBe('plain-56');
});

test('equal lanes share their run: a copy is not trained again', async () => {
  const { app, offer, tick, started } = spyingPage();
  await app.train();
  tick();
  app.duplicateLane('plain-20');
  expect(offer()).toBe('again');
  await app.trainNew();
  expect(started).toHaveLength(1);
});

test('Train again takes the next seed that is new', async () => {
  const { app, tick, started, state } = spyingPage();
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
  const { app, started, ticks, offer, trained, names } = spyingPage();
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

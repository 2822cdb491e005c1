/** What is tried next by one press: twins beside or behind what trains, a longer run, a lower rate, a smaller form. */
import { expect, test } from 'vitest';
import type { DeviceChoice } from '../protocol/protocol.ts';
import { spyingPage, wasm } from './testing/spyingPage.ts';

test('twins that are added while others train begin at once, by one press', async () => {
  const { app, tick, started, names } = spyingPage();
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
  const { app, tick, started } = spyingPage();
  await app.train();
  tick(1);
  app.addTwins();
  app.editLane(app.addLane()!, { depth: '32', shortcut: 'B' });
  await app.addTwinsAndTrain();
  expect(started[0]!.joined).toEqual(['lane-1', 'lane-2']);
});

test('twins that are added while the device is looked for begin with the others', async () => {
  let found: (device: DeviceChoice) => void = () => undefined;
  const { app, trained, phase, tick, names } = spyingPage(
    {},
    () => new Promise((resolve) => (found = resolve)),
  );
  const training = app.train();
  expect(phase()).toBe('starting');
  await app.addTwinsAndTrain();
  found(wasm);
  await training;
  expect(trained()).toEqual([['plain-20', 'plain-56', 'lane-1', 'lane-2']]);
  tick();
  expect(names()).toHaveLength(4);
});

test('the new nets join what trains, by one press', async () => {
  const { app, tick, started, names } = spyingPage();
  await app.train();
  tick(1);
  app.editLane(app.addLane()!, { depth: '32' });
  await app.trainNew();
  await app.trainNew();
  expect([started.length, started[0]!.joined]).toEqual([1, ['lane-1']]);
  tick();
  expect(names()).toEqual(['plain-20: 60', 'plain-56: 60', 'plain-32: 60']);
});

test('after a run, one press adds twins and trains them alone', async () => {
  const { app, tick, trained } = spyingPage();
  await app.train();
  tick();
  await app.addTwinsAndTrain();
  expect(trained()[1]).toEqual(['lane-1', 'lane-2']);
});

test('a longer run takes the budget so many times, and its drops with it', async () => {
  const { app, tick, started } = spyingPage();
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
  const { app, tick, started } = spyingPage({ divergeAt: { 'plain-20': 31 } });
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
  const { app, tick, started, state } = spyingPage();
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

import { expect, test } from 'vitest';
import { classroomExperiment, customaryOptimizer, presets } from '../../model/presets.ts';
import { experiment } from './testing/anyRuns.ts';
import { prepareRuns } from './prepareRuns.ts';
import { otherRecipes } from './otherRecipes.ts';

const { recipe } = experiment;
const runs = (ordinal: number, changed: Partial<typeof recipe> = {}) =>
  prepareRuns({ ...experiment, recipe: { ...recipe, ...changed } }, ordinal, () => '');

test('runs of another recipe are set aside; any net with any seed stays', () => {
  const slower = runs(2, { batchSize: 32 });
  expect(otherRecipes([...runs(1), ...slower], experiment)).toEqual(slower.map(({ id }) => id));
  expect(otherRecipes(runs(3, { seed: 9 }), experiment)).toEqual([]);
  expect(otherRecipes(runs(4, { recompute: !recipe.recompute }), experiment)).toEqual([]);
});

test('a run is compared with what the lanes are trained by, which may be their own optimiser', () => {
  const optimisers = classroomExperiment(
    presets.find(({ id }) => id === 'optimisers')!,
    'cpu',
  );
  const again = prepareRuns(optimisers, 1, () => '');
  const ofAdam = again.slice(2).map(({ id }) => id);
  expect(again.map(({ config }) => config?.optimizer.type)).toEqual(['sgd', 'sgd', 'adam', 'adam']);
  expect(otherRecipes(again, optimisers)).toEqual([]);
  // Without those lanes, or with them at another rate, their earlier runs are of another way of training.
  const lanes = optimisers.lanes.filter((lane) => lane.optimizer?.type !== 'adam');
  expect(otherRecipes(again, { ...optimisers, lanes })).toEqual(ofAdam);
  const faster = optimisers.lanes.map((lane) =>
    lane.optimizer?.type === 'adam' ? { ...lane, optimizer: { ...lane.optimizer, learningRate: 0.5 } } : lane,
  );
  expect(otherRecipes(again, { ...optimisers, lanes: faster })).toEqual(ofAdam);
  // An own optimiser that is the recipe's makes no difference.
  const owned = lanes.map((lane) => ({ ...lane, optimizer: customaryOptimizer('sgd') }));
  expect(otherRecipes(again, { ...optimisers, lanes: owned })).toEqual(ofAdam);
});

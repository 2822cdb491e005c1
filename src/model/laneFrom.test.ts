import { expect, test } from 'vitest';
import { branchFault } from './branch.ts';
import { ConfigError, parseExperiment, parseRun, runOfLane, type RunConfig } from './config.ts';
import { fitsWeightsOf, leastSteps } from './laneFrom.ts';
import { checkpointOf } from './testing/checkpoints.ts';

const lane = (id: string, more: object = {}) => ({
  id,
  model: { depth: 20, block: 'plain', width: 2 },
  ...more,
});
const recipe = { steps: 600, batchSize: 64, seed: 3 };
const faultsOf = (lanes: readonly object[], budget: object = { steps: 600 }) => {
  try {
    parseExperiment({ lanes, recipe: budget });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
};

test('weights fit a net exactly where a branch of it can be made', () => {
  const nets = (['plain', 'basic', 'bottleneck'] as const).flatMap((block) =>
    (['A', 'B', 'C'] as const).flatMap((shortcut) =>
      [2, 4].map((width) => parseRun({ model: { depth: 20, block, shortcut, width }, steps: 600 })),
    ),
  );
  const stateOf = (run: RunConfig) => ({ ...checkpointOf().state, run });
  for (const one of nets) {
    for (const other of nets) {
      const what = JSON.stringify([one.model, other.model]);
      expect(fitsWeightsOf(one.model, other.model), what).toBe(branchFault(stateOf(one), other) === null);
    }
  }
});

test('a lane goes on from one before it, under the recipe but for its changes', () => {
  const experiment = parseExperiment({
    lanes: [
      lane('one'),
      lane('two', {
        model: { depth: 20, block: 'basic', width: 2 },
        from: { lane: 'one', step: 300, changes: { batchSize: 32, steps: 900 } },
      }),
      lane('three', { from: { lane: 'two', step: 700, changes: { steps: 800 } } }),
    ],
    recipe,
  });
  const [, two, three] = experiment.lanes;
  expect(runOfLane(experiment, two!)).toEqual(
    parseRun({ model: { depth: 20, block: 'basic', width: 2 }, ...recipe, batchSize: 32, steps: 900 }),
  );
  expect(runOfLane(experiment, three!)).toMatchObject({ batchSize: 64, steps: 800 });
  expect(leastSteps(experiment.lanes)).toBe(800);
  expect(leastSteps(experiment.lanes.slice(0, 1))).toBe(0);
});

test.each([
  ['another lane', { lane: 'none', step: 3 }, 'there is no such lane before it to go on from'],
  ['itself', { lane: 'two', step: 3 }, 'there is no such lane before it to go on from'],
  ['too late a step', { lane: 'one', step: 601 }, 'the lane that it goes on from ends after 600 steps'],
  ['its own last step', { lane: 'one', step: 600 }, 'it ends after 600 steps, and would begin after 600'],
  [
    'its own earlier end',
    { lane: 'one', step: 30, changes: { steps: 20 } },
    'it ends after 20 steps, and would begin after 30',
  ],
])('%s is refused at its place', (_, from, message) => {
  expect(faultsOf([lane('one'), lane('two', { from })])).toEqual([`lanes.1.from: ${message}`]);
});

test('a net without those weights, a beginning before that of its parent, and steps beside epochs are refused', () => {
  const wide = { model: { depth: 20, block: 'plain', width: 4 }, from: { lane: 'one', step: 3 } };
  expect(faultsOf([lane('one'), lane('two', wide)])).toEqual([
    'lanes.1.from: the weights that it goes on from do not fit its net',
  ]);
  const late = lane('two', { from: { lane: 'one', step: 30 } });
  expect(faultsOf([lane('one'), late, lane('three', { from: { lane: 'two', step: 20 } })])).toEqual([
    'lanes.2.from: the lane that it goes on from begins later',
  ]);
  const own = lane('two', { from: { lane: 'one', step: 30, changes: { steps: 40 } } });
  expect(faultsOf([lane('one'), own], { epochs: 1 })).toEqual([
    'lanes.1.from: the budget of the others is not in steps',
  ]);
  // At the last step of its parent it may go on, if it has more.
  expect(
    faultsOf([lane('one'), lane('two', { from: { lane: 'one', step: 600, changes: { steps: 601 } } })]),
  ).toEqual([]);
});

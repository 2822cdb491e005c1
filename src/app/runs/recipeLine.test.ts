import { expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { customaryOptimizer, paperWarmUp } from '../../model/presets.ts';
import { ownOf, recipeLine } from './recipeLine.ts';

const recipe = (of: object) =>
  parseExperiment({ lanes: [{ id: 'a', model: { depth: 20 } }], recipe: of }).recipe;

test('a recipe in one line, without what it does not have', () => {
  const paper = recipe({ schedule: 'steps', steps: 64_000, seed: 3 });
  expect(recipeLine(paper)).toBe(
    'SGD, rate 0.1 steps at 32,000 and 48,000 \u00b7 momentum 0.9 \u00b7 weight decay 0.0001 \u00b7 batch 128 \u00b7 64,000 steps \u00b7 augmented \u00b7 seed 3',
  );
  expect(recipeLine(paper, { warmUps: true })).toMatch(/^warm-ups as named \u00b7 SGD/);
  expect(recipeLine(paper, { optimizers: 'all' })).toBe(
    'optimisers as named \u00b7 batch 128 \u00b7 64,000 steps \u00b7 augmented \u00b7 seed 3',
  );
  // What the others share is said.
  expect(recipeLine(paper, { optimizers: 'some' })).toMatch(
    /^SGD, rate 0\.1 steps at 32,000 and 48,000 \u00b7 other optimisers as named \u00b7 momentum 0\.9/,
  );
});

test('of lanes with an optimiser or a warm-up of their own it is known which', () => {
  const adam = customaryOptimizer('adam');
  expect(ownOf([])).toEqual({ optimizers: 'none', warmUps: false });
  expect(ownOf([{ optimizer: adam }, { optimizer: adam }])).toEqual({ optimizers: 'all', warmUps: false });
  expect(ownOf([{ optimizer: adam }, { warmUp: paperWarmUp }])).toEqual({
    optimizers: 'some',
    warmUps: true,
  });
});

test('a budget is steps, epochs or minutes; Adam has no momentum; a warm-up is said', () => {
  const adam = { type: 'adam', learningRate: 0.001, weightDecay: 0 };
  const warmUp = { learningRate: 0.0001, steps: 10 };
  expect(
    recipeLine(
      recipe({
        optimizer: adam,
        schedule: { type: 'cosine', warmUp },
        epochs: 1.5,
        augment: 'none',
        labelSmoothing: 0.1,
      }),
    ),
  ).toBe(
    'Adam, rate 0.001 cosine, warm-up \u00b7 weight decay 0 \u00b7 label smoothing 0.1 \u00b7 batch 128 \u00b7 1.5 epochs \u00b7 not augmented \u00b7 seed 1',
  );
  expect(recipeLine(recipe({ minutes: 2 }))).toContain('2 minutes');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { defaultExperiment, paperExperiment, presets } from '../../model/presets.ts';
import { isNumberName, settingNames } from '../../model/recipeSettings.ts';
import { draftOf, missingTwins, type RecipeDraft } from './draft.ts';
import { readDraft, readModel, readNumber, readNumbers } from './readDraft.ts';

const base = defaultExperiment('cpu');
const withRecipe = (patch: Partial<RecipeDraft>) => {
  const draft = draftOf(base);
  return readDraft({ ...draft, recipe: { ...draft.recipe, ...patch } });
};

test.each([
  base,
  defaultExperiment('gpu'),
  parseExperiment({
    lanes: [{ id: 'a', name: 'mine', model: { block: 'bottleneck', depth: 29, shortcut: 'B' } }],
    recipe: {
      epochs: 1.5,
      schedule: {
        type: 'steps',
        milestones: [10, 20],
        factor: 0.2,
        warmUp: { learningRate: 0.01, untilError: 0.8 },
      },
      normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
      evaluation: { every: 10, images: 100, atEnd: false },
    },
    pace: 'free',
    seeds: 3,
  }),
  paperExperiment(presets.find(({ id }) => id === 'optimisers')!),
])('a form shows an experiment and gives it back', (experiment) => {
  expect(readDraft(draftOf(experiment))).toEqual({ experiment, faults: [] });
});

test('what is wrong is said at its field, with what was typed', () => {
  const { experiment, faults } = withRecipe({ learningRate: '0,1', batchSize: '0', seed: '' });
  expect(experiment).toBeNull();
  expect(faults.map(({ field, written, kind }) => [field, written, kind])).toEqual([
    ['learningRate', '0,1', 'not-a-number'],
    ['batchSize', '0', 'refused'],
    ['seed', '', 'empty'],
  ]);
});

test('every number of the form has a field of its own to be wrong in', () => {
  const keys = [
    ...settingNames.filter(isNumberName),
    'factor',
    'warmUpRate',
    'budget',
    'milestones',
  ] as const;
  for (const key of keys) {
    const { faults } = withRecipe({ schedule: 'steps', warmUp: 'steps', [key]: 'x' });
    expect(faults.map((fault) => fault.field)).toEqual([key]);
  }
  expect(withRecipe({ warmUp: 'steps', warmUpSteps: '0' }).faults[0]?.field).toBe('warmUpSteps');
  expect(withRecipe({ warmUp: 'error', warmUpError: '120' }).faults[0]?.field).toBe('warmUpError');
});

test('an impossible depth is a fault of its lane', () => {
  const draft = draftOf(base);
  const [first, ...rest] = draft.lanes;
  const { faults } = readDraft({ ...draft, lanes: [{ ...first!, depth: '21' }, ...rest] });
  expect(faults[0]).toMatchObject({ field: 'plain-20.depth', written: '21', kind: 'refused' });
  expect(faults[0]?.detail).toContain('20 or 26');
  expect(readModel({ ...first!, depth: '21' })).toBeNull();
});

test('a momentum that Adam does not have cannot be wrong', () => {
  expect(withRecipe({ optimizer: 'adam', momentum: 'x' }).faults).toEqual([]);
});

test('numbers are read as people write them, and never guessed', () => {
  expect(['0.1', ' 1e-4 ', '64 000', '64\u202f000', '\u22121', '.5', '5.'].map(readNumber)).toEqual([
    0.1, 1e-4, 64_000, 64_000, -1, 0.5, 5,
  ]);
  expect(['', '1,5', '1 5', 'abc', '0x10', 'Infinity', '1e'].map(readNumber)).toEqual(
    Array(7).fill(undefined),
  );
  expect(readNumbers('32000, 48000;5')).toEqual([32_000, 48_000, 5]);
  expect(readNumbers('1, x')).toBeUndefined();
});

test('every finite number survives being written and read', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(readNumber(String(number))).toBeCloseTo(number, 12);
    }),
  );
});

test('twins are added once', () => {
  const { lanes } = draftOf(base);
  const twins = missingTwins(lanes);
  expect(twins.map(({ block, depth, shortcut }) => [block, depth, shortcut])).toEqual([
    ['basic', '20', 'A'],
    ['basic', '56', 'A'],
  ]);
  expect(missingTwins([...lanes, ...twins])).toEqual([]);
});

test('the rate of a lane\u2019s own optimiser is wrong at its lane', () => {
  const draft = draftOf(paperExperiment(presets.find(({ id }) => id === 'optimisers')!));
  const [first, ...rest] = draft.lanes;
  const { faults } = readDraft({ ...draft, lanes: [{ ...first!, rate: 'fast' }, ...rest] });
  expect(faults).toMatchObject([{ field: 'resnet-20.rate', written: 'fast', kind: 'not-a-number' }]);
});

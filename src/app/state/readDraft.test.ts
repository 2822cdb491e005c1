import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment, type ExperimentConfig } from '../../model/config.ts';
import { defaultExperiment, paperExperiment, presets } from '../../model/presets.ts';
import { anyExperiment } from '../../model/testing/anyExperiment.ts';
import { isNumberName, settingNames } from '../../model/recipeSettings.ts';
import { draftOf, missingTwins, type RecipeDraft } from './draft.ts';
import { draftShowing, readDraft, readModel, readNumber, readNumbers } from './readDraft.ts';

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

test('a draft is read once: whoever asks again gets the same reading, and an edited draft another', () => {
  const draft = draftOf(base);
  expect(readDraft(draft)).toBe(readDraft(draft));
  expect(readDraft({ ...draft })).not.toBe(readDraft(draft));
  const faulty = { ...draft, recipe: { ...draft.recipe, seed: '' } };
  expect(readDraft(faulty).faults).toBe(readDraft(faulty).faults);
  expect(readDraft(draft).faults).toEqual([]);
});

test('the form that shows an experiment says what it would say if it were read', () => {
  // In the form it is a percentage, which may cost it its last digit.
  const rounded = (experiment: ExperimentConfig): ExperimentConfig => {
    const { schedule } = experiment.recipe;
    const untilError = schedule.warmUp?.untilError;
    if (untilError === undefined) return experiment;
    const warmUp = { ...schedule.warmUp!, untilError: (100 * untilError) / 100 };
    return { ...experiment, recipe: { ...experiment.recipe, schedule: { ...schedule, warmUp } } };
  };
  fc.assert(
    fc.property(anyExperiment, (experiment) => {
      const draft = draftShowing(experiment);
      const { experiment: known, faults } = readDraft(draft);
      const read = readDraft({ ...draft });
      expect([faults, read.faults]).toEqual([[], []]);
      expect(rounded(known!)).toEqual(read.experiment);
      expect(draft).toEqual(draftOf(experiment));
    }),
    { numRuns: 300 },
  );
});

test('neither spaces around a name nor a momentum of Adam\u2019s come through a form', () => {
  const [lane] = base.lanes;
  const optimizer = { ...base.recipe.optimizer, type: 'adam', momentum: 0.9 } as const;
  const odd = { ...base, lanes: [{ ...lane!, name: ' mine ' }], recipe: { ...base.recipe, optimizer } };
  const draft = draftShowing(odd);
  expect(readDraft(draft)).toEqual(readDraft({ ...draft }));
  expect(readDraft(draft).experiment).toMatchObject({
    lanes: [{ name: 'mine' }],
    recipe: { optimizer: { type: 'adam', momentum: 0 } },
  });
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
      // To the last digit; -0 is written as 0.
      expect(readNumber(String(number))).toBe(number + 0);
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

test('a twin has the optimiser of the net that it is of', () => {
  const { lanes } = draftOf(paperExperiment(presets.find(({ id }) => id === 'optimisers')!));
  const twins = missingTwins(lanes);
  expect(twins.map(({ depth, optimizer, rate }) => [depth, optimizer, rate])).toEqual(
    lanes.map(({ depth, optimizer, rate }) => [depth, optimizer, rate]),
  );
  expect(twins.map(({ rate }) => rate)).toContain('0.001');
});

test('the rate of a lane\u2019s own optimiser is wrong at its lane', () => {
  const draft = draftOf(paperExperiment(presets.find(({ id }) => id === 'optimisers')!));
  const [last, ...others] = draft.lanes.toReversed();
  const { faults } = readDraft({ ...draft, lanes: [...others, { ...last!, rate: 'fast' }] });
  expect(faults).toMatchObject([{ field: 'plain-56-2.rate', written: 'fast', kind: 'not-a-number' }]);
});

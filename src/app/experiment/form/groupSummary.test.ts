import { expect, test } from 'vitest';
import { defaultExperiment } from '../../../model/presets.ts';
import { draftOf, type RecipeDraft } from '../../state/draft.ts';
import { groupSummary } from './groupSummary.ts';

const { recipe } = draftOf(defaultExperiment('cpu'));
const of = (group: Parameters<typeof groupSummary>[0], change: Partial<RecipeDraft>) =>
  groupSummary(group, { ...recipe, ...change });

test.each<[string, Partial<RecipeDraft>, string]>([
  ['SGD', { optimizer: 'sgd', momentum: '0.9', weightDecay: '0.0001' }, 'SGD 0.9, decay 1e-4'],
  ['spaces', { optimizer: 'sgd', momentum: ' 0.9 ', weightDecay: ' 1e-4' }, 'SGD 0.9, decay 1e-4'],
  ['Adam has no momentum', { optimizer: 'adam', weightDecay: '0' }, 'Adam, decay 0'],
  ['another decay that begins alike', { optimizer: 'adam', weightDecay: '0.00015' }, 'Adam, decay 0.00015'],
  [
    'smoothing',
    { optimizer: 'adam', weightDecay: '0', labelSmoothing: '0.1' },
    'Adam, decay 0, smoothing 0.1',
  ],
  [
    'none, in other signs',
    { optimizer: 'adam', weightDecay: '0.00', labelSmoothing: '0.0' },
    'Adam, decay 0',
  ],
])('optimiser: %s', (_, change, said) => {
  expect(of('optimizer', { labelSmoothing: '0', ...change })).toBe(said);
});

test('the other groups, with what has a shape of its own', () => {
  expect(of('rate', { learningRate: '0.1', schedule: 'steps', warmUp: 'error' })).toBe(
    '0.1, in steps, warm-up',
  );
  expect(of('rate', { learningRate: '0.1', schedule: 'cosine', warmUp: 'none' })).toBe('0.1, cosine');
  expect(of('budget', { budget: '300', budgetUnit: 'steps' })).toBe('300 steps');
  expect(of('evaluation', { evaluationEvery: ' 00 ', evaluationImages: '500' })).toBe('at the end');
  expect(of('evaluation', { evaluationEvery: '50', evaluationImages: '500' })).toBe(
    'every 50 steps, 500 images',
  );
  expect(of('seed', { seed: '7', seeds: ' 1' })).toBe('7');
  expect(of('seed', { seed: '7', seeds: '3' })).toBe('7, 3 seeds');
});

import { expect, test } from 'vitest';
import { freshRuns } from '../runs/testing/grownRun.ts';
import { branchOf, changeKinds, firstChoice, firstValue, withOtherSkips } from './branchChanges.ts';

const [plain, residual] = freshRuns();
const parent = plain.config!;
const choice = firstChoice(parent, 10);

test('at the end of a run its steps are doubled, before they stay', () => {
  expect([firstChoice(parent, 10).steps, firstChoice(parent, 20).steps]).toEqual([20, 40]);
});

test('each change changes that and nothing else', () => {
  const changed = changeKinds.map((kind) => {
    const { config } = branchOf(parent, { ...choice, kind, value: firstValue(kind, parent) });
    const keys = Object.keys(config) as (keyof typeof config)[];
    return [kind, keys.filter((key) => JSON.stringify(config[key]) !== JSON.stringify(parent[key]))];
  });
  expect(changed).toEqual([
    ['skips', ['model']],
    ['rate', ['optimizer']],
    ['optimizer', ['optimizer']],
    ['batch', ['batchSize']],
    ['augment', ['augment']],
    ['order', ['seed']],
    ['none', []],
  ]);
});

test('a tenth of the rate, twice the batch, the next seed', () => {
  const { optimizer, batchSize, seed } = parent;
  expect(firstValue('rate', parent)).toBe(optimizer.learningRate / 10);
  expect([firstValue('batch', parent), firstValue('order', parent)]).toEqual([2 * batchSize, seed + 1]);
});

test('skips are switched on without weights, and off again', () => {
  expect(withOtherSkips(parent.model)).toEqual({ ...parent.model, block: 'basic', shortcut: 'A' });
  expect(withOtherSkips(residual.config!.model).block).toBe('plain');
});

test('only a longer budget and nothing else is the run itself', () => {
  const none = { ...choice, kind: 'none' } as const;
  expect(branchOf(parent, { ...none, steps: 40 }).isLonger).toBe(true);
  expect(branchOf(parent, { ...none, steps: 20 }).isLonger).toBe(false);
  expect(branchOf(parent, { ...none, steps: 5 }).isLonger).toBe(false);
  expect(branchOf(parent, { ...choice, kind: 'order', value: 7, steps: 40 }).isLonger).toBe(false);
});

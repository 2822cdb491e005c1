import { expect, test } from 'vitest';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import { factsAt } from './factsAt.ts';

const [first] = freshRuns();
const run = over(tested(grown(tested(grown(first, 10), 10, 0.7), 10), 20, 0.4));

test('the numbers of a moment are those that were known then', () => {
  expect(factsAt(run, 10)).toMatchObject({ test: { step: 10, error: 0.7 }, loss: Math.fround(2 / 10) });
  expect(factsAt(run, 19)).toMatchObject({ test: { step: 10, error: 0.7 }, epoch: Math.fround(0.19) });
  expect(factsAt(run, 20).test).toEqual({ step: 20, error: 0.4 });
});

test('before the first step nothing is known', () => {
  expect(factsAt(run, 0)).toEqual({ training: null, test: null, loss: null, rate: null, epoch: 0 });
});

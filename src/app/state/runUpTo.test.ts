import { expect, test } from 'vitest';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import { runUpTo } from './runUpTo.ts';

const [first] = freshRuns();
const whole = over(tested(tested({ ...grown(tested(grown(first, 10), 10), 10), pauses: [4, 12] }, 15), 20));

test('it is what it was after that step, and waits', () => {
  const then = runUpTo(whole, 15, false);
  expect(then).toMatchObject({ state: 'waiting', end: null, step: 15, pauses: [4, 12] });
  expect([...then.error.values]).toEqual([...whole.error.values].slice(0, 15));
  for (const key of ['loss', 'learningRate', 'trainingSeconds', 'wallSeconds', 'epoch'] as const)
    expect(then[key].length).toBe(15);
  // The second pack of speeds is not whole there.
  expect([[...then.speedSteps.values], then.imagesPerSecond.length]).toEqual([[10], 1]);
  expect(runUpTo(whole, 11, false).pauses).toEqual([4]);
});

test('a test of that very step counts if it was made before the moment', () => {
  const at = (due: boolean) => runUpTo(whole, 15, due).evaluations.map(({ step }) => step);
  expect([at(false), at(true)]).toEqual([[10, 15], [10]]);
});

test('before its first step nothing of it is left, and at its end nothing is missing', () => {
  expect(runUpTo(whole, 0, false)).toMatchObject({ step: 0, evaluations: [], pauses: [] });
  expect(runUpTo(whole, 0, false).error.length).toBe(0);
  const end = runUpTo(whole, 20, false);
  // The same series: nothing of it is written anew.
  expect([end.error, end.evaluations.length]).toEqual([whole.error, 3]);
});

test('the run that it comes of is left as it is', () => {
  const before = [...whole.error.values];
  grown(runUpTo(whole, 5, false), 3);
  expect([...whole.error.values]).toEqual(before);
});

import { expect, test } from 'vitest';
import { groupsOf } from './nets.ts';

test('errors are grouped by what was done, each with its mean and sample deviation', () => {
  const edits = [[2, 0.5], [1, 0.1], [2, 0.7], [2, 0.6]].map(([at, error]) => ({ at: at!, error: error!, again: null })); // prettier-ignore
  const [one, two, ...rest] = groupsOf(edits);
  expect(one).toEqual({ at: 1, mean: 0.1, deviation: 0 });
  expect(two!.at).toBe(2);
  expect(two!.mean).toBeCloseTo(0.6, 12);
  expect(two!.deviation).toBeCloseTo(0.1, 12);
  expect(rest).toEqual([]);
});

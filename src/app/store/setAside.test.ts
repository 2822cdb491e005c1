import { expect, test } from 'vitest';
import { experiment } from '../export/testing/anyRuns.ts';
import { prepareRuns } from './prepareRuns.ts';
import { setAside } from './setAside.ts';

const { recipe } = experiment;
const runs = (ordinal: number, changed: Partial<typeof recipe> = {}) =>
  prepareRuns({ ...experiment, recipe: { ...recipe, ...changed } }, ordinal, () => '');

test('runs of another recipe are set aside; any net with any seed stays', () => {
  const slower = runs(2, { batchSize: 32 });
  expect(setAside([...runs(1), ...slower], recipe)).toEqual(slower.map(({ id }) => id));
  expect(setAside(runs(3, { seed: 9 }), recipe)).toEqual([]);
});

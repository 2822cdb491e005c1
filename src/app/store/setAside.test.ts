import { expect, test } from 'vitest';
import { experiment } from '../export/testing/anyRuns.ts';
import { curveSources } from './curveSources.ts';
import { prepareRuns } from './prepareRuns.ts';
import { setAside } from './setAside.ts';
import { noTraining } from './training.ts';

const { recipe } = experiment;
const runs = (ordinal: number, changed: Partial<typeof recipe> = {}) =>
  prepareRuns({ ...experiment, recipe: { ...recipe, ...changed } }, ordinal, () => '');

test('runs of another recipe are set aside; any net with any seed stays', () => {
  const slower = runs(2, { batchSize: 32 });
  expect(setAside([...runs(1), ...slower], recipe)).toEqual(slower.map(({ id }) => id));
  expect(setAside(runs(3, { seed: 9 }), recipe)).toEqual([]);
});

test('what is not on the stage is drawn faintly, and loudly again in a group with the stage', () => {
  const [earlier] = runs(1);
  const [now] = runs(2, { seed: 9 });
  const state = (grouped: boolean) => ({
    imported: [],
    archive: { kept: [earlier!], dropped: 0 },
    training: { ...noTraining, runs: [now!] },
    grouped,
    view: { hidden: [] },
  });
  expect(curveSources(state(false)).map(({ faint }) => faint)).toEqual([true, false]);
  expect(curveSources(state(true)).map(({ faint }) => faint)).toEqual([false]);
});

import { expect, test } from 'vitest';
import { experiment } from '../../runs/testing/anyRuns.ts';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import { noTraining } from '../../state/training.ts';
import { curveSources } from './curveSources.ts';

const runs = (ordinal: number, changed: Partial<typeof experiment.recipe> = {}) =>
  prepareRuns({ ...experiment, recipe: { ...experiment.recipe, ...changed } }, ordinal, () => '');

test('what is not of the present experiment is drawn faintly, and loudly again in a group with it', () => {
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

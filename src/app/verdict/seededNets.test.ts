import { expect, test } from 'vitest';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import type { Run } from '../state/run.ts';
import { seededNets } from './seededNets.ts';

/** The default experiment's runs, whole, with this seed. */
function runs(ordinal: number, seed: number, change: Partial<Run> = {}): readonly Run[] {
  const experiment = defaultExperiment('cpu');
  const seeded = { ...experiment, recipe: { ...experiment.recipe, seed } };
  const end = { reason: 'completed', divergedAt: null, failure: null } as const;
  return prepareRuns(seeded, ordinal, () => '').map((run) => ({ ...run, state: 'ended', end, ...change }));
}
const seen = (all: readonly Run[], current: readonly Run[]) =>
  seededNets(all, current).map((net) => [net.id, [...net.runs.keys()]]);

test('seeds of one configuration are gathered under the first run; a seed counts once', () => {
  const [first, second, again] = [runs(1, 1), runs(2, 2), runs(3, 2)];
  expect(seen([...first, ...second, ...again], again)).toEqual([
    ['1/plain-20', [1, 2]],
    ['1/plain-56', [1, 2]],
  ]);
  expect(seen([...second, ...again], again)).toEqual([]);
});

test('what came out of a file, began elsewhere or was stopped does not count', () => {
  const current = runs(9, 9);
  const stopped = { end: { reason: 'stopped', divergedAt: null, failure: null } } as const;
  const others = [
    ...runs(1, 1, { imported: true }),
    ...runs(2, 2, { startedFrom: 'mine.safetensors' }),
    ...runs(3, 3, stopped),
  ];
  expect(seen([...others, ...current], current)).toEqual([]);
});

import { expect, test } from 'vitest';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import type { Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { comparedRuns, firstLike } from './comparedRuns.ts';

const nothing = new Set<string>();

/** The default experiment's runs, whole, with this seed. */
function runs(ordinal: number, seed: number, change: Partial<Run> = {}): readonly Run[] {
  const experiment = defaultExperiment('cpu');
  const seeded = { ...experiment, recipe: { ...experiment.recipe, seed } };
  const end = { reason: 'completed', divergedAt: null, failure: null } as const;
  return prepareRuns(seeded, ordinal, () => '').map((run) => ({ ...run, state: 'ended', end, ...change }));
}
const seedsOf = (all: readonly Run[], current: readonly Run[], isLive = false) =>
  comparedRuns(all, current, nothing, isLive)
    .filter(({ present }) => present)
    .map((net) => [net.id, [...net.seeds.keys()]]);

test('seeds of one configuration are gathered, and go by the first; a seed counts once', () => {
  const [first, second, again] = [runs(1, 1), runs(2, 2), runs(3, 2)];
  const all = [...first, ...second, ...again];
  expect(seedsOf(all, again)).toEqual([
    ['3/plain-20', [1, 2]],
    ['3/plain-56', [1, 2]],
  ]);
  expect(firstLike(again[0]!, all).id).toBe('1/plain-20');
});

test('while something trains, other seeds do not count', () => {
  const [first, second] = [runs(1, 1), runs(2, 2)];
  expect(seedsOf([...first, ...second], second, true).map(([, seeds]) => seeds)).toEqual([[], []]);
});

test('what came out of a file, began elsewhere or was stopped is no seed', () => {
  const current = runs(9, 9);
  const stopped = { end: { reason: 'stopped', divergedAt: null, failure: null } } as const;
  const others = [
    ...runs(1, 1, { origin: 'file' }),
    ...runs(2, 2, { startedFrom: 'mine.safetensors' }),
    ...runs(3, 3, stopped),
  ];
  expect(seedsOf([...others, ...current], current).map(([, seeds]) => seeds)).toEqual([[9], [9]]);
});

test('earlier runs are looked at as far as they have ended and are drawn', () => {
  const [earlier, other, current] = [runs(1, 1), runs(2, 2, { state: 'running' }), runs(3, 3)];
  const all = [...earlier, ...other, ...current];
  const ids = comparedRuns(all, current, new Set(['1/plain-20', '3/plain-20']), false).map(({ id }) => id);
  expect(ids).toEqual(['3/plain-20', '3/plain-56', '1/plain-56']);
});

test('a log that lacks steps has no training error of each step, and no settings where they are not known', () => {
  const [run] = runs(1, 1);
  const error = Series.empty.append([0.9, 0.8, 0.7]);
  const seen = (change: Partial<Run>) =>
    comparedRuns([{ ...run!, error, ...change }], [], nothing, false)[0]!;
  expect([...(seen({}).error as Float64Array)]).toEqual([0.9, 0.8, 0.7]);
  expect(seen({ loggedSteps: Series.empty.append([1, 2, 3]) }).error).not.toBeNull();
  expect(seen({ loggedSteps: Series.empty.append([10, 20, 30]) }).error).toBeNull();
  expect(seen({ loggedSteps: Series.empty.append([2, 3, 4]) }).error).toBeNull();
  expect(seen({ config: null }).setting).toBeNull();
});

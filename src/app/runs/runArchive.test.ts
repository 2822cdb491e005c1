import { expect, test } from 'vitest';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from './prepareRuns.ts';
import type { Run } from '../state/run.ts';
import { emptyArchive, KEPT_RUNS, KEPT_STEPS, keepRuns } from './runArchive.ts';
import { Series } from '../state/series.ts';

const [first] = prepareRuns(defaultExperiment('cpu'), 1, () => '');
const run = (id: string, steps: number): Run => ({
  ...first!,
  id,
  step: steps,
  error: Series.empty.append(new Float64Array(steps)),
});
const ids = (runs: readonly Run[]) => runs.map(({ id }) => id);

test('runs that took a step are kept, in order', () => {
  const once = keepRuns(emptyArchive, [run('a', 5), run('b', 0)], 'off');
  const twice = keepRuns(once, [run('c', 5)], 'off');
  expect([ids(twice.kept), twice.dropped]).toEqual([['a', 'c'], 0]);
});

test('beyond the bound the oldest leave and are counted, never those that were just added', () => {
  const long = keepRuns(emptyArchive, [run('a', KEPT_STEPS - 10), run('b', 5)], 'off');
  const longer = keepRuns(long, [run('c', 10)], 'off');
  expect([ids(longer.kept), longer.dropped]).toEqual([['b', 'c'], 1]);
  const full = keepRuns(longer, [run('d', KEPT_STEPS + 1)], 'off');
  expect([ids(full.kept), full.dropped]).toEqual([['d'], 3]);
  const many = keepRuns(
    emptyArchive,
    Array.from({ length: KEPT_RUNS }, (_, i) => run(String(i), 1)),
    'off',
  );
  expect(keepRuns(many, [run('new', 1)], 'off').kept).toHaveLength(KEPT_RUNS);
});

import { expect, test } from 'vitest';
import { defaultExperiment } from '../../../model/presets.ts';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import type { Run } from '../../state/run.ts';
import { sizesText } from './enPicture.ts';
import { sizesOf } from './sizes.ts';

const experiment = defaultExperiment('cpu');
const run = ({ steps = 300, width = 8, batchSize = 64, seed = 1, step = 300 } = {}): Run => {
  const lanes = experiment.lanes.slice(0, 1).map((lane) => ({ ...lane, model: { ...lane.model, width } }));
  const recipe = { ...experiment.recipe, steps, batchSize, seed };
  return { ...prepareRuns({ ...experiment, lanes, recipe }, 1, () => '')[0]!, step };
};
const source = (faint: boolean, ...runs: [Run, ...Run[]]) => ({ faint, runs });
const text = (...sources: ReturnType<typeof source>[]) => {
  const sizes = sizesOf(sources);
  return sizes && sizesText(sizes);
};

test('sizes are spelled out: filters, batch, steps of the paper\u2019s, seeds', () => {
  expect(text(source(false, run()))).toBe(
    '8 filters, batch 64, 300 of the paper\u2019s 64,000 steps, one seed',
  );
  expect(text(source(false, run({ step: 120 })))).toBe('8 filters, batch 64, 120 of 300 steps, one seed');
  const whole = run({ steps: 64_000, step: 64_000, width: 16, batchSize: 128 });
  expect(text(source(false, whole))).toBe('16 filters, batch 128, 64,000 steps, one seed');
});

test('what differs is listed, seeds are counted, and what lies behind does not count', () => {
  const two = source(false, run({ width: 16 }), run({ width: 8, seed: 2 }));
  expect(text(two, source(true, run({ width: 64, step: 4000 })))).toBe(
    '8 and 16 filters, batch 64, 300 of the paper\u2019s 64,000 steps, 2 seeds',
  );
  expect(text(source(true, run({ width: 1 })))).toMatch(/^1 filter, /);
});

test('of runs whose settings nobody knows nothing is said', () => {
  expect(text(source(true, { ...run(), config: null }))).toBeNull();
  expect(sizesOf([])).toBeNull();
});

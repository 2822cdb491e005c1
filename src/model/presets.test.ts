import { expect, test } from 'vitest';
import { parseExperiment } from './config.ts';
import { defaultExperiment } from './presets.ts';

test.each(['cpu', 'gpu'] as const)(
  'the default for a %s is a sound experiment on two plain nets',
  (hardware) => {
    const experiment = defaultExperiment(hardware);
    expect(parseExperiment(experiment)).toEqual(experiment);
    expect(experiment.lanes.map((lane) => [lane.model.block, lane.model.depth])).toEqual([
      ['plain', 20],
      ['plain', 56],
    ]);
  },
);

test('a processor gets half the filters, half the batch and fewer steps', () => {
  const { lanes, recipe } = defaultExperiment('cpu');
  expect(lanes[0]?.model.width).toBe(8);
  expect(recipe).toMatchObject({ batchSize: 64, steps: 300, evaluation: { every: 50, images: 500 } });
});

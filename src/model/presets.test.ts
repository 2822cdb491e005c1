import { expect, test } from 'vitest';
import { parseExperiment } from './config.ts';
import { classroomExperiment, defaultExperiment, paperExperiment, presetOf, presets } from './presets.ts';

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

test('skips are switched on in the same weights after step 300, never later than half of the steps', () => {
  const preset = presets.find(({ id }) => id === 'switch-on')!;
  for (const experiment of [
    classroomExperiment(preset, 'cpu'),
    classroomExperiment(preset, 'gpu'),
    paperExperiment(preset),
  ]) {
    expect(experiment.lanes.map(({ id, from }) => [id, from?.lane, from?.step])).toEqual([
      ['plain-56', undefined, undefined],
      ['resnet-56', 'plain-56', 300],
    ]);
    expect(experiment.recipe.steps).toBeGreaterThanOrEqual(600);
    expect(presetOf(experiment)?.id).toBe('switch-on');
  }
  const { lanes, ...rest } = classroomExperiment(preset, 'cpu');
  const [plain, residual] = lanes;
  // Without it they are those of another question; at another step, of none.
  expect(presetOf({ ...rest, lanes: [plain!, { ...residual!, from: undefined }] })?.id).toBe('flip');
  const later = { lane: 'plain-56', step: 301, changes: {} };
  expect(presetOf({ ...rest, lanes: [plain!, { ...residual!, from: later }] })).toBeNull();
});

test('a processor gets half the filters, half the batch and fewer steps', () => {
  const { lanes, recipe } = defaultExperiment('cpu');
  expect(lanes[0]?.model.width).toBe(8);
  expect(recipe).toMatchObject({ batchSize: 64, steps: 300, evaluation: { every: 50, images: 500 } });
});

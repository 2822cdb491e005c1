import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Speed } from './cost.ts';
import { fitToTime, presetForTime } from './fit.ts';
import { defaultExperiment, paperExperiment, presetOf, presets } from './presets.ts';

/** About a laptop without a graphics card, two lanes at once. */
const laptop: Speed = {
  rates: { perLayer: 2e-4, perActivation: 4e-9, perMultiplyAdd: 2e-10 },
  lanesAtOnce: 2,
};
const fast: Speed = {
  rates: { perLayer: 3e-5, perActivation: 1e-11, perMultiplyAdd: 1e-12 },
  lanesAtOnce: 1,
};
const speeds = fc.record({
  rates: fc.record({
    perLayer: fc.double({ min: 1e-6, max: 1e-3, noNaN: true }),
    perActivation: fc.double({ min: 1e-12, max: 1e-8, noNaN: true }),
    perMultiplyAdd: fc.double({ min: 1e-13, max: 1e-8, noNaN: true }),
  }),
  lanesAtOnce: fc.integer({ min: 1, max: 8 }),
});
const anyPreset = fc.constantFrom(...presets);

describe('an experiment made for a time', () => {
  test('keeps it, or says that it does not', () => {
    fc.assert(
      fc.property(anyPreset, speeds, fc.constantFrom(60, 120, 300, 900, 3600), (preset, speed, seconds) => {
        const { cost, fits } = fitToTime(paperExperiment(preset), seconds, speed);
        expect(fits).toBe(cost.seconds <= 1.1 * seconds);
      }),
    );
  });

  test('keeps its nets, its seed and its optimiser', () => {
    fc.assert(
      fc.property(anyPreset, speeds, (preset, speed) => {
        const before = paperExperiment(preset);
        const { experiment } = fitToTime(before, 120, speed);
        const nets = ({ lanes }: typeof before) => lanes.map(({ model }) => ({ ...model, width: 0 }));
        expect(nets(experiment)).toEqual(nets(before));
        expect(experiment.recipe.optimizer).toEqual(before.recipe.optimizer);
        expect(experiment.recipe.seed).toBe(before.recipe.seed);
      }),
    );
  });

  test('is never smaller for a longer time', () => {
    const sizes = [60, 120, 300, 900, 3600].map((seconds) => {
      const { experiment, cost } = fitToTime(defaultExperiment('cpu'), seconds, laptop);
      return [experiment.lanes[0]!.model.width, experiment.recipe.batchSize, cost.steps] as const;
    });
    const images = sizes.map(([width, batch, steps]) => width * width * batch * steps);
    expect(images).toEqual(images.toSorted((a, b) => a - b));
  });

  test('leaves filters alone where they are what is compared', () => {
    const experiment = defaultExperiment('cpu');
    const [first, ...rest] = experiment.lanes;
    const mixed = {
      ...experiment,
      lanes: [{ ...first!, model: { ...first!.model, width: 24 } }, ...rest],
    };
    const fitted = fitToTime(mixed, 60, laptop).experiment;
    expect(fitted.lanes.map((lane) => lane.model.width)).toEqual([24, 8]);
  });

  test('keeps the drops of the learning rate at their shares of the budget', () => {
    const { experiment } = fitToTime(paperExperiment(presets[0]!), 3600, fast);
    const { steps, schedule } = experiment.recipe;
    if (schedule.type !== 'steps') throw new Error('the schedule is another');
    expect(schedule.milestones.map((step) => step / steps!)).toEqual([
      expect.closeTo(0.5, 2),
      expect.closeTo(0.75, 2),
    ]);
  });

  test('is the paper\u2019s own where time does not matter', () => {
    expect(fitToTime(paperExperiment(presets[1]!), Infinity, laptop).experiment).toEqual(
      paperExperiment(presets[1]!),
    );
  });
});

test('a preset for minutes has a constant rate and no augmentation, for an hour on a fast device the paper\u2019s', () => {
  const short = presetForTime(presets[0]!, 120, laptop).experiment.recipe;
  expect([short.schedule.type, short.augment]).toEqual(['constant', 'none']);
  const long = presetForTime(presets[0]!, 3600, fast).experiment.recipe;
  expect([long.schedule.type, long.augment]).toEqual(['steps', 'paper']);
});

test('the paper\u2019s whole recipe is never shrunk', () => {
  const whole = presets.find((preset) => preset.whole)!;
  expect(presetForTime(whole, 60, laptop).experiment).toEqual(paperExperiment(whole));
});

test('an experiment is recognised as its preset at every size, and no longer when a net is another', () => {
  for (const preset of presets) {
    for (const seconds of preset.whole ? [Infinity] : [60, 900]) {
      expect(presetOf(presetForTime(preset, seconds, laptop).experiment)?.id).toBe(preset.id);
    }
    const { lanes, ...rest } = paperExperiment(preset);
    const [first, ...others] = lanes;
    expect(
      presetOf({ ...rest, lanes: [{ ...first!, model: { ...first!.model, depth: 74 } }, ...others] }),
    ).toBe(null);
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Speed } from './cost.ts';
import { costOf } from './cost.ts';
import { fitToTime, leastForTheClaim, presetForTime, shorterForm } from './fit.ts';
import { isLargeEnough } from './presetSizes.ts';
import { defaultExperiment, paperExperiment, presetAtSize, presetOf, presets } from './presets.ts';
import type { PresetSize } from './presetId.ts';

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

test('what goes on from another net after step 300 is never sized to fewer steps than tell of it, and says that it takes longer', () => {
  const preset = presets.find(({ id }) => id === 'switch-on')!;
  const slow = { ...laptop, rates: { perLayer: 1, perActivation: 1e-3, perMultiplyAdd: 1e-4 } };
  const { experiment, fits } = presetForTime(preset, 60, slow);
  expect([experiment.recipe.steps, experiment.lanes[1]!.from?.step, fits]).toEqual([400, 300, false]);
  // Both train at once behind that step alone.
  const [first] = experiment.lanes;
  const whole = costOf(
    { ...experiment, lanes: [first!, { ...first!, id: 'second' }] },
    { ...slow, lanesAtOnce: 1 },
  );
  const branch = costOf(experiment, { ...slow, lanesAtOnce: 1 });
  expect(branch.seconds - branch.evaluationSeconds - branch.finalSeconds).toBeCloseTo(
    (whole.stepSeconds / 2) * 300 + branch.stepSeconds * 100,
    3,
  );
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

describe('a preset whose claim was measured', () => {
  const sized = (width: number, batchSize: number, steps: number): PresetSize => ({
    width,
    batchSize,
    steps,
  });
  const measuredSizes = fc.uniqueArray(
    fc.record({
      width: fc.constantFrom(4, 8, 16),
      batchSize: fc.constantFrom(32, 64, 128),
      steps: fc.integer({ min: 50, max: 1500 }),
    }),
    { minLength: 1, maxLength: 5, selector: ({ width, batchSize }) => width * batchSize },
  );
  const times = fc.constantFrom(60, 120, 300, 900, 3600);
  // A net that goes on from another one sets the fewest steps itself, and nothing of it is measured.
  const measurable = fc.constantFrom(...presets.filter(({ nets }) => nets.every(({ from }) => !from)));

  test('is never sized below it without saying so, and is told what it takes', () => {
    fc.assert(
      fc.property(measurable, speeds, times, measuredSizes, (preset, speed, seconds, measured) => {
        const { experiment, comesOut } = presetForTime(preset, seconds, speed, measured);
        const { lanes, recipe } = experiment;
        const form = sized(lanes[0]!.model.width, recipe.batchSize, recipe.steps!);
        expect(comesOut).toBe(isLargeEnough(form, measured));
        const least = leastForTheClaim(preset, speed, measured);
        if (preset.whole) {
          expect(least).toBeNull();
          return;
        }
        expect(presetOf(least!.experiment)?.id).toBe(preset.id);
        expect(measured).toContainEqual(
          sized(
            least!.experiment.lanes[0]!.model.width,
            least!.experiment.recipe.batchSize,
            least!.cost.steps,
          ),
        );
        // What would have fitted is not said to be impossible.
        if (comesOut === false && measured.some(({ width, batchSize }) => width === 4 && batchSize === 32)) {
          const own = leastForTheClaim(preset, speed, measured.filter(({ width, batchSize }) => width === 4 && batchSize === 32)); // prettier-ignore
          expect(own!.cost.seconds).toBeGreaterThan(0.7 * seconds);
        }
      }),
    );
  });

  test('takes fewer than three hundred steps where they are known to do, and the largest such form', () => {
    const [degradation] = presets;
    const { seconds } = costOf(presetAtSize(degradation!, sized(8, 64, 130)), laptop);
    const { experiment, fits, comesOut } = presetForTime(degradation!, seconds, laptop, [sized(8, 64, 80)]);
    const { lanes, recipe } = experiment;
    expect([fits, comesOut, lanes[0]!.model.width, recipe.batchSize]).toEqual([true, true, 8, 64]);
    expect(presetForTime(degradation!, 60, laptop, []).comesOut).toBeNull();
  });
});

describe('a shorter form', () => {
  const secondsOf = (experiment: Parameters<typeof costOf>[0], speed: Speed) =>
    costOf(experiment, speed).seconds;
  const slow: Speed = { ...laptop, rates: { perLayer: 2e-3, perActivation: 4e-8, perMultiplyAdd: 2e-9 } };
  const none = () => [];

  test('is offered of the default on a device that is too slow for it, with the same nets and seed', () => {
    const experiment = {
      ...defaultExperiment('cpu'),
      recipe: { ...defaultExperiment('cpu').recipe, seed: 5 },
    };
    const seconds = secondsOf(experiment, slow);
    const shorter = shorterForm(experiment, seconds, 120, slow, none);
    if (shorter?.kind !== 'form') throw new Error('none is offered');
    expect(shorter.fit.cost.seconds).toBeLessThan(0.75 * seconds);
    expect(shorter.fit.experiment.recipe.seed).toBe(5);
    expect(shorter.fit.experiment.lanes.map(({ id }) => id)).toEqual(experiment.lanes.map(({ id }) => id));
  });

  test('is not offered where nothing is too long, of the paper\u2019s recipe, or of one\u2019s own experiment', () => {
    const experiment = defaultExperiment('cpu');
    expect(shorterForm(experiment, 179, 120, slow, none)).toBeNull();
    expect(shorterForm(experiment, 10_000, Infinity, slow, none)).toBeNull();
    const whole = paperExperiment(presets.find((preset) => preset.whole)!);
    expect(shorterForm(whole, 1e6, 120, slow, none)).toBeNull();
    const { lanes, ...rest } = experiment;
    const own = { ...rest, lanes: lanes.slice(1) };
    expect(shorterForm(own, 1e4, 120, slow, none)).toBeNull();
  });

  test('never goes below the size at which the claim comes out; where that is as long, it says that there is none', () => {
    const experiment = presetAtSize(presets[0]!, { width: 8, batchSize: 64, steps: 2000 });
    const seconds = secondsOf(experiment, slow);
    const measured = [{ width: 8, batchSize: 64, steps: 300 }];
    const shorter = shorterForm(experiment, seconds, 120, slow, () => measured);
    if (shorter?.kind !== 'form') throw new Error('none is offered');
    expect([shorter.fit.comesOut, shorter.fit.cost.steps]).toEqual([true, 300]);
    const most = presetAtSize(presets[0]!, { width: 8, batchSize: 64, steps: 330 });
    expect(shorterForm(most, secondsOf(most, slow), 120, slow, () => measured)).toEqual({ kind: 'none' });
  });

  test('of a long run by the paper\u2019s recipe is a short run\u2019s, whose rate does not drop', () => {
    const long = presetForTime(presets[2]!, 3600, fast, []).experiment;
    expect(long.recipe.schedule.type).toBe('steps');
    const shorter = shorterForm({ ...long, seeds: 2 }, secondsOf(long, slow), 120, slow, none);
    if (shorter?.kind !== 'form') throw new Error('none is offered');
    const { recipe, seeds } = shorter.fit.experiment;
    expect([recipe.schedule.type, recipe.augment, seeds]).toEqual(['constant', 'none', 2]);
  });

  test('whatever the device, it is shorter, and the preset is the same', () => {
    fc.assert(
      fc.property(anyPreset, speeds, fc.constantFrom(120, 900), (preset, speed, meant) => {
        const experiment = presetForTime(preset, 900, laptop, []).experiment;
        const seconds = secondsOf(experiment, speed);
        const shorter = shorterForm(experiment, seconds, meant, speed, none);
        if (!shorter || shorter.kind === 'none') return;
        expect(shorter.fit.cost.seconds).toBeLessThanOrEqual(0.75 * seconds);
        expect(presetOf(shorter.fit.experiment)?.id).toBe(preset.id);
      }),
    );
  });
});

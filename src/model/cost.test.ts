import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment } from './config.ts';
import { costOf, probes, ratesOf, recomputationShare, type StepRates } from './cost.ts';
import { sizesOf } from './sizes.ts';
import { buildGraph } from './graph.ts';
import { defaultExperiment } from './presets.ts';
import { measureGraph } from './shapes.ts';

const rate = fc.double({ min: 1e-12, max: 1e-3, noNaN: true });
const seconds = fc.double({ min: 1e-4, max: 10, noNaN: true });
const ratesArbitrary = fc.record({ perLayer: rate, perActivation: rate, perMultiplyAdd: rate });

/** What a device of exactly these rates would measure. */
const measured = (rates: StepRates) =>
  probes.map(({ model, batchSize }) => {
    const size = measureGraph(buildGraph({ family: 'cifar', block: 'basic', shortcut: 'A', ...model }));
    return (
      size.layers.length * rates.perLayer +
      batchSize * (size.activations * rates.perActivation + size.multiplyAdds * rates.perMultiplyAdd)
    );
  }) as [number, number, number];

test('the rates of a device come back from its three measurements, relative 1e-6', () => {
  const rates = { perLayer: 2e-4, perActivation: 3e-9, perMultiplyAdd: 4e-10 };
  const found = ratesOf(measured(rates));
  for (const key of ['perLayer', 'perActivation', 'perMultiplyAdd'] as const) {
    expect(found[key] / rates[key]).toBeCloseTo(1, 6);
  }
});

test('noisy measurements never give a negative rate, and always the first time, relative 1e-9', () => {
  fc.assert(
    fc.property(fc.tuple(seconds, seconds, seconds), (times) => {
      const rates = ratesOf(times);
      for (const value of Object.values(rates)) expect(value).toBeGreaterThanOrEqual(-1e-18);
      expect(measured(rates)[0] / times[0]).toBeCloseTo(1, 9);
    }),
  );
});

test('one measurement alone counts as arithmetic', () => {
  expect(measured(ratesOf([0.5]))[0]).toBeCloseTo(0.5, 12);
});

test('lanes that train at once take the time of the slowest, and otherwise of all', () => {
  const rates = { perLayer: 1e-4, perActivation: 1e-9, perMultiplyAdd: 1e-10 };
  const experiment = defaultExperiment('cpu');
  const [both, oneByOne] = [2, 1].map((lanesAtOnce) => costOf(experiment, { rates, lanesAtOnce }));
  const [a, b] = both!.lanes.map((lane) => lane.stepSeconds) as [number, number];
  expect(both!.stepSeconds).toBe(Math.max(a, b));
  expect(oneByOne!.stepSeconds).toBeCloseTo(a + b, 12);
  expect(both!.seconds).toBeCloseTo(
    300 * both!.stepSeconds + both!.evaluationSeconds + both!.finalSeconds,
    12,
  );
});

test('a budget in minutes costs its minutes and the last evaluation', () => {
  fc.assert(
    fc.property(ratesArbitrary, (rates) => {
      const experiment = defaultExperiment('cpu');
      const { evaluation } = experiment.recipe;
      const recipe = {
        ...experiment.recipe,
        steps: undefined,
        minutes: 3,
        evaluation: { ...evaluation, every: 0 },
      };
      const cost = costOf({ ...experiment, recipe }, { rates, lanesAtOnce: 2 });
      // Whole steps: less than one is left of the minutes.
      const training = cost.seconds - cost.finalSeconds;
      expect(training).toBeLessThanOrEqual(180 * (1 + 1e-9));
      expect(training).toBeGreaterThan(180 * (1 - 1e-9) - cost.stepSeconds);
    }),
  );
});

test('plain-20 with 8 filters needs what its parameters, their gradients, the velocity, images and activations need', () => {
  const [plain20] = sizesOf(defaultExperiment('cpu'));
  expect(plain20!.parameters).toBe(68_050);
  const image = 3 * 32 * 32;
  // 19 maps of stage sizes 8*32*32, 16*16*16 and 32*8*8, each before and after batch norm, the pooled vector, the logits.
  const maps = 7 * 8192 + 6 * 4096 + 6 * 2048;
  expect(plain20!.bytes).toBe(4 * (3 * 68_050 + 64 * (image + 2 * maps + 32 + 10)));
});

test('recomputation takes less memory and up to 36% more time; tests take no longer', () => {
  const rates = { perLayer: 1e-5, perActivation: 1e-9, perMultiplyAdd: 1e-10 };
  const kept = parseExperiment({
    ...defaultExperiment('cpu'),
    lanes: [{ id: 'a', model: { depth: 110 } }],
  });
  const recomputed = { ...kept, recipe: { ...kept.recipe, recompute: true } };
  const [before, after] = [kept, recomputed].map((of) => costOf(of, { rates, lanesAtOnce: 1 }));
  const longer = after!.stepSeconds / before!.stepSeconds - 1;
  expect(longer).toBeGreaterThan(0.3);
  expect(longer).toBeLessThanOrEqual(0.36);
  expect(recomputationShare(kept.lanes[0]!.model, kept.recipe.batchSize, rates)).toBeCloseTo(longer, 12);
  expect(after!.finalSeconds).toBe(before!.finalSeconds);
  expect(after!.bytes).toBeLessThan(before!.bytes / 5);
  expect(sizesOf(recomputed)[0]!.bytes).toBe(after!.bytes);
});

test('a wide net with one image needs room for the gradients of all layers in one tensor', () => {
  const { parameters, bytes } = sizesOf(
    parseExperiment({
      lanes: [{ id: 'a', model: { depth: 8, width: 256 } }],
      recipe: { steps: 1, batchSize: 1 },
    }),
  )[0]!;
  expect(bytes).toBe(4 * (4 * parameters + 3 * 32 * 32));
});

test('several seeds, one after the other, take so many times as long', () => {
  const rates = { perLayer: 1e-5, perActivation: 1e-9, perMultiplyAdd: 1e-10 };
  const once = defaultExperiment('cpu');
  const cost = (seeds: number) => costOf({ ...once, seeds }, { rates, lanesAtOnce: 2 });
  expect(cost(3).seconds).toBeCloseTo(3 * cost(1).seconds);
  expect(cost(3).stepSeconds).toBe(cost(1).stepSeconds);
  expect(cost(3).bytes).toBe(cost(1).bytes);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { customaryOptimizer } from '../model/presets.ts';
import { createRandom } from '../model/random.ts';
import { seedVerdict, type SeededNet } from './seedVerdict.ts';
import { MINIMAL_GAP } from './verdict.ts';

/** A plain net whose training error has these means, by seed. */
function net(depth: number, means: readonly number[], spread = 0.05, steps = 100): SeededNet {
  const runs = means.map((mean, i) => {
    const random = createRandom(`${depth} ${i}`);
    return [i + 1, Float64Array.from({ length: steps }, () => mean + spread * random.normal())] as const;
  });
  const model = { family: 'cifar', block: 'plain', depth, shortcut: 'A', width: 8 } as const;
  return { id: `plain-${depth}`, model, optimizer: customaryOptimizer('sgd'), runs: new Map(runs) };
}

test('seeds that agree support a claim, with their number, mean and std', () => {
  const [claim] = seedVerdict([net(20, [0.6, 0.62, 0.61], 0), net(56, [0.8, 0.83, 0.8], 0)]);
  expect(claim).toMatchObject({
    kind: 'depth-plain',
    worse: 'plain-56',
    better: 'plain-20',
    seeds: [1, 2, 3],
  });
  expect(claim!.gap).toBeCloseTo(0.2, 10);
  expect(claim!.std).toBeCloseTo(0.01, 10);
  expect(claim!.noise).toBeCloseTo((4.303 * 0.01) / Math.sqrt(3), 10);
});

test('one seed in common, or windows that are not whole, support nothing', () => {
  expect(seedVerdict([net(20, [0.6, 0.6]), net(56, [0.9])])).toEqual([]);
  expect(
    seedVerdict([net(20, [0.6, 0.6], 0, ERROR_MEAN_STEPS - 1), net(56, [0.9, 0.9], 0, ERROR_MEAN_STEPS - 1)]),
  ).toEqual([]);
});

test('seeds that disagree support nothing, however large the mean gap', () => {
  expect(seedVerdict([net(20, [0.5, 0.5]), net(56, [0.55, 0.85])])).toEqual([]);
});

test('a value that is not finite supports nothing', () => {
  const broken = net(56, [0.9, NaN]);
  expect(seedVerdict([net(20, [0.5, 0.5]), broken])).toEqual([]);
});

test('nets that are the same on average are told apart in at most one of twenty worlds', () => {
  const random = createRandom('worlds');
  const draw = () => [0, 0, 0].map(() => 0.7 + 0.03 * random.normal());
  let claims = 0;
  for (let world = 0; world < 2000; world++)
    claims += seedVerdict([net(20, draw(), 0.001), net(56, draw(), 0.001)]).length;
  expect(claims / 2000).toBeLessThan(0.065);
});

test('no gap within the noise is ever claimed', () => {
  const means = fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(means, means, fc.double({ min: 0, max: 0.4, noNaN: true }), (a, b, spread) => {
      for (const claim of seedVerdict([net(20, a, spread), net(56, b, spread)])) {
        expect(claim.gap).toBeGreaterThan(Math.max(MINIMAL_GAP, claim.noise));
        expect(claim.seeds.length).toBeGreaterThanOrEqual(2);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { createRandom } from '../model/random.ts';
import type { ComparedRun } from './comparedRun.ts';
import { MINIMAL_GAP } from './minimalGap.ts';
import { model, run, scattered, type Given } from './testing/anyRun.ts';
import { compareRuns } from './verdict.ts';

/** A plain net whose training error has these means, by seed from 1. */
function net(
  depth: number,
  means: readonly number[],
  spread = 0.05,
  steps = 100,
  given: Given = {},
): ComparedRun {
  const seeds = new Map(means.map((mean, i) => [i + 1, scattered(`${depth} ${i}`, mean, steps, spread)]));
  const last = run(model('plain', depth), 0.5, { ended: true, ...given, seeds });
  return { ...last, error: seeds.get(1) ?? null };
}
const seedClaims = (...nets: readonly ComparedRun[]) =>
  compareRuns(nets).claims.filter(({ evidence }) => evidence.kind === 'seeds');

test('seeds that agree support a claim, with their number, mean and std', () => {
  const [claim] = seedClaims(net(20, [0.6, 0.62, 0.61], 0), net(56, [0.8, 0.83, 0.8], 0));
  expect(claim).toMatchObject({ dimension: 'depth', worse: 'plain-56', better: 'plain-20' });
  expect(claim!.evidence).toMatchObject({ kind: 'seeds', seeds: [1, 2, 3] });
  expect(claim!.evidence.kind === 'seeds' && claim!.evidence.std).toBeCloseTo(0.01, 10);
  expect(claim!.gap).toBeCloseTo(0.2, 10);
  expect(claim!.errors.worse).toBeCloseTo(0.81, 10);
  expect(claim!.noise).toBeCloseTo((4.3027 * 0.01) / Math.sqrt(3), 6);
});

test('one seed in common is one seed, and windows that are not whole support nothing', () => {
  expect(seedClaims(net(20, [0.6, 0.6]), net(56, [0.8]))).toEqual([]);
  expect(compareRuns([net(20, [0.6, 0.6]), net(56, [0.8])]).claims.map(({ evidence }) => evidence.kind)).toEqual(['steps']); // prettier-ignore
  const few = ERROR_MEAN_STEPS - 1;
  expect(compareRuns([net(20, [0.6, 0.6], 0, few), net(56, [0.8, 0.8], 0, few)]).claims).toEqual([]);
});

test('seeds that disagree support nothing, however large the mean gap', () => {
  const found = compareRuns([net(20, [0.5, 0.5]), net(56, [0.55, 0.8])]);
  expect(found.claims).toEqual([]);
  expect(found.silent).toMatchObject([{ why: 'noise', seeds: 2 }]);
});

test('a value that is not finite supports nothing', () => {
  expect(compareRuns([net(20, [0.5, 0.5]), net(56, [0.8, NaN])]).claims).toEqual([]);
});

test('nets that guess with every seed are not compared', () => {
  const found = compareRuns([net(20, [0.89, 0.9]), net(56, [0.9, 0.91])]);
  expect(found.silent.map(({ why }) => why)).toEqual(['guessing']);
});

test('with other batches, each seed is compared where both have seen as many images', () => {
  const small = net(20, [0.5, 0.52], 0, 300, { id: 'small' });
  const large = net(20, [0.6, 0.62], 0, 300, { id: 'large', recipe: { batchSize: 128 } });
  for (const error of large.seeds.values()) (error as Float64Array).fill(0.1, 160);
  expect(seedClaims(small, large)).toMatchObject([{ dimension: 'batchSize', worse: 'large' }]);
});

test('where several pairs put one question, each has to be further apart', () => {
  const [shallow, middle, deep] = [
    net(20, [0.5, 0.5], 0),
    net(32, [0.6, 0.6075], 0),
    net(56, [0.7, 0.715], 0),
  ];
  expect(seedClaims(shallow, deep)).toHaveLength(1);
  expect(seedClaims(shallow, middle, deep)).toEqual([]);
});

test('nets that are the same on average are told apart in at most one of twenty worlds', () => {
  const random = createRandom('worlds');
  const draw = () => [0, 0, 0].map(() => 0.7 + 0.03 * random.normal());
  const claimsOf = (depths: readonly number[]) => {
    let claims = 0;
    for (let world = 0; world < 1000; world++)
      claims += seedClaims(...depths.map((depth) => net(depth, draw(), 0.001))).length;
    return claims / 1000;
  };
  expect(claimsOf([20, 56])).toBeLessThan(0.07);
  // Nor is the best of six pairs.
  expect(claimsOf([20, 32, 44, 56])).toBeLessThan(0.07);
});

test('no gap within the noise is ever claimed', () => {
  const means = fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(means, means, fc.double({ min: 0, max: 0.4, noNaN: true }), (a, b, spread) => {
      for (const claim of seedClaims(net(20, a, spread), net(56, b, spread))) {
        expect(claim.gap).toBeGreaterThan(Math.max(MINIMAL_GAP, claim.noise));
        expect(claim.evidence.kind === 'seeds' && claim.evidence.seeds.length).toBeGreaterThanOrEqual(2);
      }
    }),
  );
});

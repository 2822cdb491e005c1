import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draw = (count: number, from: () => number) => Array.from({ length: count }, from);

describe('random numbers', () => {
  it('follow from the seed alone', () => {
    const [a, b, c] = [createRandom(7), createRandom(7), createRandom(8)];
    const first = draw(20, a.uniform);
    expect(draw(20, b.uniform)).toEqual(first);
    expect(draw(20, c.uniform)).not.toEqual(first);
  });

  it('of a fork do not depend on what was drawn before, only on its names', () => {
    const [a, b] = [createRandom(7), createRandom(7)];
    draw(5, b.normal);
    expect(draw(5, b.fork('x', 1).uniform)).toEqual(draw(5, a.fork('x', 1).uniform));
    expect(draw(5, a.fork('x', 11).uniform)).not.toEqual(draw(5, a.fork('x1', 1).uniform));
    expect(draw(5, a.fork('y').uniform)).not.toEqual(draw(5, a.fork('x').uniform));
  });

  it('are uniform and normal: mean and variance within four standard errors of 100,000 draws', () => {
    const random = createRandom('moments');
    const moments = (values: number[]) => {
      const mean = values.reduce((s, v) => s + v, 0) / values.length;
      return [mean, values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length] as const;
    };
    const [uniformMean, uniformVariance] = moments(draw(100_000, random.uniform));
    expect(Math.abs(uniformMean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(uniformVariance - 1 / 12)).toBeLessThan(0.001);
    const [normalMean, normalVariance] = moments(draw(100_000, random.normal));
    expect(Math.abs(normalMean)).toBeLessThan(0.013);
    expect(Math.abs(normalVariance - 1)).toBeLessThan(0.018);
  });

  it('make permutations that hold every index once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (length, seed) => {
        const order = createRandom(seed).permutation(length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });
});

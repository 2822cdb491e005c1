/** Warm-ups as a link of version 1 writes them (link.ts): `w`, the rate and the steps, or `u`, the rate and the error that ends it. */
import type { WarmUpConfig } from './config.ts';
import { readNumber } from './linkOptimizer.ts';

/** The letter and its values. */
export function encodeWarmUp1({
  learningRate,
  steps,
  untilError,
}: WarmUpConfig): readonly [string, ...number[]] {
  return untilError === undefined ? ['w', learningRate, steps ?? NaN] : ['u', learningRate, untilError];
}

/** What the schema is to judge; null for what is none. */
export function decodeWarmUp1(letter: string, written: readonly string[]) {
  const [learningRate = NaN, end = NaN, ...more] = written.map(readNumber);
  if (Number.isNaN(learningRate) || Number.isNaN(end) || more.length > 0) return null;
  if (letter === 'w') return { learningRate, steps: end };
  return letter === 'u' ? { learningRate, untilError: end } : null;
}

/**
 * The gap between two nets over several seeds.
 *
 * The rule. Only seeds count with which both nets took all their steps. Of each such seed the training error of a net is its mean over
 * the last steps that both have taken (window.ts). The nets of one seed go through the same batches in the same order, so the
 * seeds are compared in pairs: the gap is the mean of the differences within each seed. Its noise is the half width of
 * the 95% interval of Student's t over these differences, or what the batches of the windows alone would scatter (as for
 * one seed), whichever is larger; where several pairs put one question, the interval is wider (studentT.ts). As for one seed, no
 * cause is ever claimed.
 */
import type { ComparedRun } from './comparedRun.ts';
import { progressOf, type Gap, type Silence } from './gap.ts';
import { isGuessing } from './guessing.ts';
import { studentT } from './studentT.ts';
import { commonWindows, moments, type Moments } from './window.ts';

/** Null if they have fewer than two seeds in common. */
export function gapOfSeeds(a: ComparedRun, b: ComparedRun, comparisons: number): Gap | Silence | null {
  const pairs = [...a.seeds].flatMap(([seed, error]) => {
    const other = b.seeds.get(seed);
    const windows = other && commonWindows(progressOf(a, error), progressOf(b, other));
    return windows ? [{ seed, of: [moments(error, windows[0]), moments(other, windows[1])] as const }] : [];
  });
  const count = pairs.length;
  if (count < 2) return null;
  const [one, other] = [meanOf(pairs.map(({ of }) => of[0])), meanOf(pairs.map(({ of }) => of[1]))];
  const difference = one.mean - other.mean;
  const squares = pairs.reduce((sum, { of }) => sum + (of[0].mean - of[1].mean - difference) ** 2, 0);
  const std = Math.sqrt(squares / (count - 1));
  const betweenSeeds = (studentT(count - 1, comparisons) * std) / Math.sqrt(count);
  const withinWindows =
    Math.max(2, studentT(MANY, comparisons)) * Math.hypot(one.standardError, other.standardError);
  const noise = Math.max(betweenSeeds, withinWindows);
  if (!Number.isFinite(difference + noise)) return 'broken';
  if (isGuessing(one) && isGuessing(other)) return 'guessing';
  const seeds = pairs.map(({ seed }) => seed).sort((x, y) => x - y);
  return { difference, noise, errors: [one.mean, other.mean], evidence: { kind: 'seeds', seeds, std } };
}

/** Steps of several windows: so many that Student's t is the normal distribution. */
const MANY = 10_000;

/** The mean over seeds, with the standard error that the batches of the windows alone leave. */
const meanOf = (seeds: readonly Moments[]): Moments => ({
  mean: seeds.reduce((sum, { mean }) => sum + mean, 0) / seeds.length,
  standardError: Math.hypot(...seeds.map(({ standardError }) => standardError)) / seeds.length,
});

/**
 * What a comparison shows over several seeds, as claims in numbers.
 *
 * The rule. Only seeds count with which both nets took all steps of the budget. Of each such seed the training error of a
 * net is its mean over the last {@link ERROR_MEAN_STEPS} steps. The nets of one seed go through the same batches in the same order, so the
 * seeds are compared in pairs: the gap is the mean of the differences within each seed. Its noise is the half width of
 * the 95% interval of Student's t over these differences, or what the batches of the windows alone would scatter (as for
 * one seed, see verdict.ts), whichever is larger. A claim is made only of two or more seeds, and only if the gap exceeds the
 * noise and {@link MINIMAL_GAP}. As for one seed, no cause is ever claimed.
 */
import type { ModelConfig, OptimizerConfig } from '../model/config.ts';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { comparisons, MINIMAL_GAP, moments, type Claim, type Comparisons, type Silence } from './verdict.ts';

/** One configuration, trained with one seed after another. */
export interface SeededNet {
  readonly id: string;
  readonly model: ModelConfig;
  readonly optimizer: OptimizerConfig;
  /** Training error of each step, 0 to 1, of the runs that took all their steps, by their seed. */
  readonly runs: ReadonlyMap<number, ArrayLike<number>>;
}

export interface SeedClaim extends Omit<Claim, 'from' | 'to'> {
  /** The seeds that count, ascending. */
  readonly seeds: readonly number[];
  /** Standard deviation (n - 1) of the gap between seeds, 0 to 1. */
  readonly std: number;
}

/** What the nets show over their seeds: of each kind one claim at most, as in {@link comparisons}. */
export const compareSeeds = (nets: readonly SeededNet[]): Comparisons<SeededNet, SeedClaim> =>
  comparisons(nets, compare);

/** The claims among it. */
export const seedVerdict = (nets: readonly SeededNet[]): readonly SeedClaim[] => compareSeeds(nets).claims;

const commonSeeds = (a: SeededNet, b: SeededNet): readonly number[] =>
  [...a.runs.keys()].filter((seed) => b.runs.has(seed)).sort((x, y) => x - y);

function compare(kind: Claim['kind'], subject: SeededNet, other: SeededNet): SeedClaim | Silence {
  const pairs = commonSeeds(subject, other).flatMap((seed) => {
    const [a, b] = [lastWindow(subject.runs.get(seed)), lastWindow(other.runs.get(seed))];
    return a && b
      ? [{ seed, difference: a.mean - b.mean, scatter: Math.hypot(a.standardError, b.standardError) }]
      : [];
  });
  const count = pairs.length;
  if (count < 2) return 'short';
  const mean = pairs.reduce((sum, pair) => sum + pair.difference, 0) / count;
  const squares = pairs.reduce((sum, pair) => sum + (pair.difference - mean) ** 2, 0);
  const std = Math.sqrt(squares / (count - 1));
  const betweenSeeds = (studentT(count - 1) * std) / Math.sqrt(count);
  const withinWindows = (2 * Math.hypot(...pairs.map((pair) => pair.scatter))) / count;
  const noise = Math.max(betweenSeeds, withinWindows);
  const gap = Math.abs(mean);
  if (!Number.isFinite(gap + noise)) return 'broken';
  if (!(gap > MINIMAL_GAP && gap > noise)) return 'noise';
  const subjectIsWorse = mean > 0;
  const [worse, better] = subjectIsWorse ? [subject.id, other.id] : [other.id, subject.id];
  const seeds = pairs.map((pair) => pair.seed);
  return { kind, worse, better, againstDepthOrShortcut: subjectIsWorse, gap, noise, std, seeds };
}

function lastWindow(error: ArrayLike<number> | undefined) {
  if (!error || error.length < ERROR_MEAN_STEPS) return null;
  return moments(error, error.length - ERROR_MEAN_STEPS + 1, error.length);
}

/** Student's t, two-sided 95%, by degrees of freedom from 1; beyond the table its last value, which is the careful side. */
const studentTable = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262] as const;
const studentT = (freedom: number): number => studentTable[freedom - 1] ?? studentTable[8];

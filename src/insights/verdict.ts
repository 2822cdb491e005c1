/**
 * What runs that are compared show so far, as claims in numbers; the page puts them into words.
 *
 * The rule. Compared are two runs that differ in one thing (differences.ts), of which one at least is of the present experiment
 * (pairs.ts); the same with two or more seeds in common are compared over these (seedVerdict.ts). Else the training error of a run is
 * its mean over the last 50 steps (errorMean.ts) that both have taken, and if their batches differ over the steps in which
 * both have seen the same number of images (window.ts), so a verdict changes rarely. Runs whose training images differ
 * (augmentation) are compared by their last tests in common, since their training errors are of different images.
 *
 * A claim is made only if the gap between the two exceeds two points and its noise: twice the combined standard error, and
 * more where several pairs put the same question (studentT.ts; what is one question: pairs.ts). Of each question one claim at most is made: that of the widest
 * span, or where the thing has no order of the largest gap; so nothing that follows from others is claimed beside them.
 * All in all at most {@link MOST_CLAIMS}, those that are asked for first, then the strongest. Nothing is claimed of a window with a value that is not finite, or of two
 * nets that guess both.
 *
 * A branch is compared with the run that it began as, and with other branches from the same moment, over steps after it alone.
 *
 * What is never claimed is a cause, neither vanishing gradients (He et al. 2015, section 4.1, argue against them) nor
 * over-fitting (it is the training error that is compared).
 */
import type { ComparedRun } from './comparedRun.ts';
import type { Dimension } from './differences.ts';
import { gapOfLanes, gapOfTests, progressOf, turned, type Evidence, type Gap, type Silence } from './gap.ts';
import { isGuessing } from './guessing.ts';
import { MINIMAL_GAP } from './minimalGap.ts';
import { pairUp, sharedSteps, type Alone, type Question } from './pairs.ts';
import { gapOfSeeds } from './seedVerdict.ts';
import { commonWindows, moments } from './window.ts';

/** No more than a person reads. */
export const MOST_CLAIMS = 4;

/** One gap beyond the noise: `worse` makes more errors than `better`. */
export interface Claim {
  /** In what alone they differ. */
  readonly dimension: Dimension;
  /** Ids of runs. */
  readonly worse: string;
  readonly better: string;
  /** Their mean errors, 0 to 1. */
  readonly errors: { readonly worse: number; readonly better: number };
  /** Difference of the errors, 0 to 1. */
  readonly gap: number;
  /** What the gap has to exceed, 0 to 1. */
  readonly noise: number;
  readonly evidence: Evidence;
  /** Up to so many steps the two are one run (pairs.ts). */
  readonly shared: number;
}

/** Everything that comparing came to. */
export interface Comparisons {
  readonly claims: readonly Claim[];
  /** Pairs that were looked at, of questions without a claim. */
  readonly silent: readonly {
    readonly dimension: Dimension;
    readonly pair: readonly [ComparedRun, ComparedRun];
    readonly why: Silence;
    /** The seeds that they were compared over; 1 if over one. */
    readonly seeds: number;
  }[];
  /** Runs of the present experiment that were compared with no other. */
  readonly alone: readonly Alone<ComparedRun>[];
  /** Runs of the present experiment that have learned nothing so far, with their training errors. */
  readonly guessing: readonly { readonly run: ComparedRun; readonly error: number }[];
}

type Pair = readonly [ComparedRun, ComparedRun];

/** What the runs show now. Of runs that repeat one another the last is taken. Claims of a lower `rankOf` come before stronger ones. */
export function compareRuns(
  runs: readonly ComparedRun[],
  rankOf: (claim: Claim) => number = () => 0,
): Comparisons {
  const { questions, alone } = pairUp(runs);
  const answers = questions.map(answer);
  return {
    claims: answers
      .flatMap(({ claim }) => claim ?? [])
      .sort((a, b) => rankOf(a) - rankOf(b) || strength(b) - strength(a))
      .slice(0, MOST_CLAIMS),
    silent: answers.flatMap(({ claim, silent }) => (claim ? [] : silent)),
    alone,
    guessing: runs.flatMap((run) => (run.present ? guessOf(run) : [])),
  };
}

/** In steps of five points, so that two that are about as strong do not change places at each window. */
const strength = ({ gap }: Claim) => Math.round(gap / 0.05);

function answer({ dimension, ordered, pairs }: Question<ComparedRun>) {
  const found = pairs.map((pair) => ({ pair, gap: measure(dimension, pair, pairs.length) }));
  const claims = found.flatMap(({ pair, gap }) =>
    typeof gap === 'string' || !isBeyond(gap) ? [] : [claimOf(dimension, pair, gap)],
  );
  if (!ordered) claims.sort((a, b) => b.gap - a.gap);
  const silent = found.map(({ pair, gap }) => ({
    dimension,
    pair,
    why: typeof gap === 'string' ? gap : ('noise' as const),
    seeds: typeof gap !== 'string' && gap.evidence.kind === 'seeds' ? gap.evidence.seeds.length : 1,
  }));
  return { claim: claims[0], silent };
}

function measure(dimension: Dimension, [a, b]: Pair, comparisons: number): Gap | Silence {
  if (dimension === 'augment') return gapOfTests(a, b, comparisons);
  return gapOfSeeds(a, b, comparisons) ?? gapOfLanes(a, b, comparisons);
}

const isBeyond = ({ difference, noise }: Gap) =>
  Math.abs(difference) > MINIMAL_GAP && Math.abs(difference) > noise;

function claimOf(dimension: Dimension, [a, b]: Pair, found: Gap): Claim {
  const [worse, better, gap] = found.difference > 0 ? [a, b, found] : [b, a, turned(found)];
  return {
    dimension,
    worse: worse.id,
    better: better.id,
    errors: { worse: gap.errors[0], better: gap.errors[1] },
    gap: gap.difference,
    noise: gap.noise,
    evidence: gap.evidence,
    shared: sharedSteps(a, b) ?? 0,
  };
}

function guessOf(run: ComparedRun): Comparisons['guessing'] {
  if (!run.error) return [];
  const progress = progressOf(run, run.error);
  const windows = commonWindows(progress, progress);
  if (!windows) return [];
  const of = moments(run.error, windows[0]);
  return isGuessing(of) ? [{ run, error: of.mean }] : [];
}

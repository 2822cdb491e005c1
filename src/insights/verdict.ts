/**
 * What a comparison of lanes shows so far, as claims in numbers; the page puts them into words.
 *
 * The rule. The training error of a lane is its mean over the last {@link ERROR_MEAN_STEPS} steps that the compared lanes have
 * all taken; windows end at multiples of {@link INTERVAL} steps (or at the last step of a finished run), so a verdict
 * changes rarely. A claim is made only if the gap between two means exceeds {@link MINIMAL_GAP} and twice the combined
 * standard error of the means. The standard error counts the batches of the window as independent and includes the
 * trend inside it, so it errs on the careful side. Nothing is claimed before the first whole window, about a window
 * with a value that is not finite, or about nets that differ in more than what the claim names.
 *
 * What is never claimed is a cause, neither vanishing gradients (He et al. 2015, section 4.1, argue against them) nor
 * over-fitting (it is the training error that is compared).
 */
import { isResidual } from '../model/depths.ts';
import type { ModelConfig, OptimizerConfig } from '../model/config.ts';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { sameSettings } from '../model/sameSettings.ts';

/** Steps between two verdicts. */
export const INTERVAL = 25;
/** The least gap that is worth a sentence: two percentage points. */
export const MINIMAL_GAP = 0.02;

/** What of a lane is looked at. */
export interface ComparedLane {
  readonly id: string;
  readonly model: ModelConfig;
  /** By what it is trained, where lanes differ in that: only equals are compared. */
  readonly optimizer: OptimizerConfig;
  /** Training error of each step from the first, 0 to 1. */
  readonly error: ArrayLike<number>;
  /** Whether no more steps will come. */
  readonly ended: boolean;
}

/** One gap beyond the noise: `worse` makes more errors on its training images than `better`. */
export interface Claim {
  /** The comparison: one kind of net at two depths, or one depth without and with shortcuts. */
  readonly kind: 'depth-plain' | 'depth-residual' | 'shortcut';
  readonly worse: string;
  readonly better: string;
  /** Whether the deeper net (depth) or the residual net (shortcut) is the worse one. */
  readonly againstDepthOrShortcut: boolean;
  /** Difference of the mean training errors, 0 to 1. */
  readonly gap: number;
  /** Twice the combined standard error, 0 to 1. */
  readonly noise: number;
  /** The window: first and last step. */
  readonly from: number;
  readonly to: number;
}

type Comparable = Pick<ComparedLane, 'model' | 'optimizer'>;

/** Why two nets that were compared support no claim: the gap is within the noise, a window is not whole, or it holds a value that is not finite. */
export type Silence = 'noise' | 'short' | 'broken';

/** Why a net is in no pair: there is no other, another optimiser trains it, or it differs from every other in more than one thing. */
export type Alone = 'single' | 'optimizer' | 'several';

/** Everything that comparing came to. */
export interface Comparisons<L, C> {
  readonly claims: readonly C[];
  /** Pairs that were looked at and support none. */
  readonly silent: readonly { readonly pair: readonly [L, L]; readonly why: Silence }[];
  /** Nets that were compared with no other. */
  readonly alone: readonly { readonly net: L; readonly why: Alone }[];
}

/** What the lanes show now: of each kind one claim at most, as in {@link comparisons}. */
export const compareLanes = (lanes: readonly ComparedLane[]): Comparisons<ComparedLane, Claim> =>
  comparisons(lanes, compare);

/** The claims among it. */
export const verdict = (lanes: readonly ComparedLane[]): readonly Claim[] => compareLanes(lanes).claims;

/**
 * Compares what differs in one thing only: plain nets by depth, residual nets by depth, twins by their shortcuts. Of each kind
 * the claim over the widest span of depth, or at the greatest depth, counts. `compare` is given the deeper or the
 * residual net first.
 */
export function comparisons<L extends Comparable, C extends object>(
  lanes: readonly L[],
  compare: (kind: Claim['kind'], subject: L, other: L) => C | Silence,
): Comparisons<L, C> {
  const plain = lanes.filter((lane) => !isResidual(lane.model.block));
  const residual = lanes.filter((lane) => isResidual(lane.model.block));
  const kinds = [
    ['depth-plain', depthPairs(plain)],
    ['depth-residual', depthPairs(residual)],
    ['shortcut', twinPairs(plain, residual)],
  ] as const;
  const compared = kinds.map(([kind, pairs]) =>
    pairs.map((pair) => ({ pair, found: compare(kind, ...pair) })),
  );
  const claims = compared.map((pairs) => pairs.map(({ found }) => found).find((found) => typeof found === 'object')); // prettier-ignore
  const silent = compared
    .flat()
    .flatMap(({ pair, found }) => (typeof found === 'object' ? [] : [{ pair, why: found }]));
  const paired = new Set(compared.flat().flatMap(({ pair }) => pair));
  return {
    claims: claims.filter((claim) => claim !== undefined),
    silent,
    alone: lanes.filter((lane) => !paired.has(lane)).map((net) => ({ net, why: whyAlone(net, lanes) })),
  };
}

function whyAlone<L extends Comparable>(net: L, lanes: readonly L[]): Alone {
  const others = lanes.filter((lane) => lane !== net);
  if (others.length === 0) return 'single';
  // The same net under two optimisers differs in that alone.
  const isPair = (a: ModelConfig, b: ModelConfig) => sameButDepth(a, b) || areTwins(a, b) || areTwins(b, a);
  const apart = others.filter((other) => isPair(net.model, other.model) && !sameOptimizer(net, other));
  return apart.length > 0 ? 'optimizer' : 'several';
}

/** The deeper net of each pair first; the widest span of depth first. */
function depthPairs<L extends Comparable>(lanes: readonly L[]): readonly (readonly [L, L])[] {
  const span = ([deep, shallow]: readonly [L, L]) => deep.model.depth / shallow.model.depth;
  return lanes
    .flatMap((shallow) =>
      lanes
        .filter((deep) => deep.model.depth > shallow.model.depth && sameOptimizer(deep, shallow))
        .filter((deep) => sameButDepth(deep.model, shallow.model))
        .map((deep) => [deep, shallow] as const),
    )
    .sort((a, b) => span(b) - span(a));
}

/** The residual net of each pair first; the deepest first. */
function twinPairs<L extends Comparable>(
  plain: readonly L[],
  residual: readonly L[],
): readonly (readonly [L, L])[] {
  return plain
    .flatMap((without) =>
      residual
        .filter((lane) => areTwins(without.model, lane.model) && sameOptimizer(without, lane))
        .map((skipping) => [skipping, without] as const),
    )
    .sort(([a], [b]) => b.model.depth - a.model.depth);
}

const sameOptimizer = (a: Comparable, b: Comparable) => sameSettings(a.optimizer, b.optimizer);

function sameButDepth(a: ModelConfig, b: ModelConfig): boolean {
  const sameShortcut = !isResidual(a.block) || a.shortcut === b.shortcut;
  return a.block === b.block && a.width === b.width && sameShortcut;
}

/** Option A has no parameters: the one shortcut by which two nets differ in nothing else. */
function areTwins(plain: ModelConfig, residual: ModelConfig): boolean {
  return (
    residual.block === 'basic' &&
    residual.shortcut === 'A' &&
    plain.depth === residual.depth &&
    plain.width === residual.width
  );
}

/** The claim about two lanes, of which `subject` is the deeper or the residual one; or why there is none. */
function compare(kind: Claim['kind'], subject: ComparedLane, other: ComparedLane): Claim | Silence {
  const to = lastStep(subject, other);
  if (to < ERROR_MEAN_STEPS) return 'short';
  const from = to - ERROR_MEAN_STEPS + 1;
  const a = moments(subject.error, from, to);
  const b = moments(other.error, from, to);
  const difference = a.mean - b.mean;
  const gap = Math.abs(difference);
  const noise = 2 * Math.hypot(a.standardError, b.standardError);
  if (!Number.isFinite(gap + noise)) return 'broken';
  if (!(gap > MINIMAL_GAP && gap > noise)) return 'noise';
  const subjectIsWorse = difference > 0;
  const [worse, better] = subjectIsWorse ? [subject.id, other.id] : [other.id, subject.id];
  return { kind, worse, better, againstDepthOrShortcut: subjectIsWorse, gap, noise, from, to };
}

function lastStep(a: ComparedLane, b: ComparedLane): number {
  const common = Math.min(a.error.length, b.error.length);
  const final = (a.ended || a.error.length > common) && (b.ended || b.error.length > common);
  return final ? common : common - (common % INTERVAL);
}

/** Mean and standard error of the values of steps `from` to `to`, counted from 1. */
export function moments(values: ArrayLike<number>, from: number, to: number) {
  const count = to - from + 1;
  let sum = 0;
  for (let step = from; step <= to; step++) sum += values[step - 1]!;
  const mean = sum / count;
  let squares = 0;
  for (let step = from; step <= to; step++) squares += (values[step - 1]! - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}

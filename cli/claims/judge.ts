/** Whether a preset's claim comes out of the curves of its nets, by the rule of the verdict. */
import type { ComparedRun } from '../../src/insights/comparedRun.ts';
import { compareRuns } from '../../src/insights/verdict.ts';
import { INTERVAL, moments, type Moments } from '../../src/insights/window.ts';
import type { RunConfig } from '../../src/model/config.ts';
import { ERROR_MEAN_STEPS } from '../../src/model/errorMean.ts';
import type { PresetClaim } from '../../src/model/presetClaims.ts';

/** A net is learning once its training error is below this: the paper's own measure (section 4.2). Guessing is 0.9. */
const LEARNING = 0.8;

/** A lane of a preset, trained with one seed. */
export interface JudgedNet {
  readonly id: string;
  readonly config: RunConfig;
  /** Training error of each step, 0 to 1; it ends early where the net diverged. */
  readonly error: readonly number[];
}

export interface PairOutcome {
  readonly pair: readonly [string, string];
  /** The net that is ahead beyond the noise; null if neither is. */
  readonly better: string | null;
  /** Difference of the mean training errors, and what it has to exceed, 0 to 1; null where a curve is too short. */
  readonly gap: number | null;
  readonly noise: number | null;
  /** Why there is no claim, in the words of the rule; null where there is one. */
  readonly why: string | null;
  /** Whether the net that is ahead, or each where neither is, makes less errors than one that begins to learn. */
  readonly learning: boolean;
}

export interface Outcome {
  readonly pairs: readonly PairOutcome[];
  readonly comesOut: boolean;
}

/** What the nets of one seed show after `steps` steps. */
export function judge(claim: PresetClaim, nets: readonly JudgedNet[], steps: number): Outcome {
  if (claim.kind === 'gaps') {
    const pairs = claim.gaps.map(({ worse, better }) => outcomeOf([worse, better], nets, steps));
    const comesOut = pairs.every(({ better, learning }, i) => better === claim.gaps[i]?.better && learning);
    return { pairs, comesOut };
  }
  const pairs = claim.pairs.map((pair) => outcomeOf(pair, nets, steps));
  return {
    pairs,
    comesOut: pairs.every(({ why, learning }) => (why === null || why === 'noise') && learning),
  };
}

/** Whether every seed shows the claim, or answers the question alike. */
export function agree(outcomes: readonly Outcome[]): boolean {
  const answers = new Set(outcomes.map(({ pairs }) => pairs.map(({ better }) => better).join()));
  return outcomes.length > 0 && outcomes.every(({ comesOut }) => comesOut) && answers.size === 1;
}

/** A claim has to hold at the end for this share of the steps, and for a window and another beside it: what came with the last window may go with the next. */
const LASTING_SHARE = 0.1;

/** The least number of steps from which on all seeds agree at every window up to `steps`; null if they do not, or not for long enough. */
export function holdsFrom(
  claim: PresetClaim,
  seeds: readonly (readonly JudgedNet[])[],
  steps: number,
): number | null {
  const outcomesAt = (at: number) => seeds.map((nets) => judge(claim, nets, at));
  const answerOf = (outcomes: readonly Outcome[]) =>
    agree(outcomes) ? outcomes[0]!.pairs.map(({ better }) => better).join() : null;
  const last = answerOf(outcomesAt(steps));
  if (last === null) return null;
  let from = steps;
  for (let at = steps - (steps % INTERVAL || INTERVAL); at >= ERROR_MEAN_STEPS; at -= INTERVAL) {
    if (answerOf(outcomesAt(at)) !== last) break;
    from = at;
  }
  return steps - from >= Math.max(ERROR_MEAN_STEPS, LASTING_SHARE * steps) ? from : null;
}

function outcomeOf(pair: readonly [string, string], nets: readonly JudgedNet[], steps: number): PairOutcome {
  const lanes = pair.map((id) => netCalled(nets, id));
  if (steps < ERROR_MEAN_STEPS || lanes.some(({ error }) => error.length < steps)) {
    const why = steps < ERROR_MEAN_STEPS ? 'short' : 'diverged';
    return { pair, better: null, gap: null, noise: null, why, learning: false };
  }
  const [a, b] = lanes.map(({ error }) => moments(error, { from: steps - ERROR_MEAN_STEPS + 1, to: steps })) as [Moments, Moments]; // prettier-ignore
  const { claims, silent, alone } = compareRuns(lanes.map((net) => runAt(net, steps)));
  const better = claims[0]?.better ?? null;
  const isLearning = ({ mean }: Moments) => mean < LEARNING;
  return {
    pair,
    better,
    gap: Math.abs(a.mean - b.mean),
    noise: 2 * Math.hypot(a.standardError, b.standardError),
    why: better === null ? (silent[0]?.why ?? `not compared: ${alone[0]?.why ?? 'unknown'}`) : null,
    learning: better === null ? isLearning(a) && isLearning(b) : isLearning(better === pair[0] ? a : b),
  };
}

function netCalled(nets: readonly JudgedNet[], id: string): JudgedNet {
  const net = nets.find((candidate) => candidate.id === id);
  if (!net) throw new RangeError(`the preset has no lane ${id}`);
  return net;
}

const runAt = ({ id, config, error }: JudgedNet, steps: number): ComparedRun => ({
  id,
  present: true,
  setting: { config, startedFrom: null, precision: 'f32' },
  error: error.slice(0, steps),
  ended: true,
  tests: [],
  seeds: new Map(),
});

/** What came out of the first question: whether 20 or 56 layers without shortcuts learn better. */
import { compareRuns } from '../../insights/verdict.ts';
import { comparedRuns } from './comparedRuns.ts';
import type { Prediction } from '../state/place.ts';
import type { Run } from '../state/run.ts';
import { shownGap } from './shownError.ts';

export type AnswerOutcome =
  | {
      readonly kind: 'gap';
      /** Names of the runs. */
      readonly worse: string;
      readonly better: string;
      readonly betterIs: Prediction;
      /** Difference of the mean training errors as the verdict shows them, 0 to 1. */
      readonly gap: number;
      readonly steps: number;
    }
  | { readonly kind: 'noise'; readonly nets: readonly [string, string]; readonly steps: number };

/**
 * What `runs` say of it, once all have ended: null before, where the two nets are not among them, and where they are not to be compared
 * (too few steps, or values that are no numbers).
 */
export function answerOutcome(runs: readonly Run[]): AnswerOutcome | null {
  const [shallow, deep] = [20, 56].map((depth) =>
    runs.find(({ config }) => config?.model.block === 'plain' && config.model.depth === depth),
  );
  if (!shallow || !deep || runs.some(({ state }) => state !== 'ended')) return null;
  const { claims, silent } = compareRuns(comparedRuns([], [shallow, deep], new Set(), false));
  const steps = Math.min(shallow.error.length, deep.error.length);
  const [claim] = claims;
  if (claim) {
    const [worse, better] = claim.worse === deep.id ? [deep, shallow] : [shallow, deep];
    const betterIs = better === shallow ? 'shallow' : 'deep';
    const gap = shownGap(claim.errors);
    return { kind: 'gap', worse: worse.name, better: better.name, betterIs, gap, steps };
  }
  return silent[0]?.why === 'noise' ? { kind: 'noise', nets: [deep.name, shallow.name], steps } : null;
}

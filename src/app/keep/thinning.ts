/** Which checkpoints of a run stay: the ladder, so that every part of its way can be gone back to, and the last, to go on from. */
import type { Moment } from '../state/keeping.ts';

/** Of those beside the ladder so many stay: two, because the last may be damaged. */
const LAST = 2;

/**
 * The steps of `moments` (ascending) that need not be kept any more. Where `isTight`, of the ladder the first moment and the last stay
 * alone.
 */
export function superfluous(moments: readonly Moment[], isTight: boolean): readonly number[] {
  const last = new Set(moments.slice(-LAST).map(({ step }) => step));
  const first = moments[0]?.step;
  return moments
    .filter(({ step, why }) => {
      if (last.has(step)) return false;
      return isTight ? step !== first : why === 'interval' || why === 'asked';
    })
    .map(({ step }) => step);
}

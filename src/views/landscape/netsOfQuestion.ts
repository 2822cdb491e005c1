/** Which nets and which of their moments a question concerns. */
import type { LookedAt } from '../../app/inside/view.ts';
import { someOf } from '../../insights/landscape.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import { MOST_MOMENTS, type LandscapeQuestion } from './landscape.ts';

export const momentSteps = ({ moments }: LookedAt): readonly number[] =>
  (moments ?? []).map(({ step }) => step);

/** Whether there is a net half way between the first two. */
export const canGoBetween = ([a, b]: readonly LookedAt[]): boolean =>
  a !== undefined && b !== undefined && sameSettings(a.model, b.model);

/** The steps of those kept moments of a net that the question needs. */
export function furtherSteps(
  { kind, step }: Pick<LandscapeQuestion, 'kind' | 'step'>,
  net: LookedAt,
): readonly number[] {
  const steps = momentSteps(net);
  switch (kind) {
    case 'plane':
      return [];
    case 'line':
      return step === null
        ? []
        : steps.toSorted((a, b) => Math.abs(a - step) - Math.abs(b - step)).slice(0, 1);
    case 'path':
      return someOf(steps, MOST_MOMENTS);
  }
}

/** The words about what was answered at the start, and what came out. */
import { integer, points } from '../ui/format.ts';
import type { Prediction } from '../state/place.ts';
import type { AnswerOutcome } from './answerOutcome.ts';

export const label = 'Your answer';

const said: Readonly<Record<Prediction, string>> = {
  shallow: 'You said twenty.',
  deep: 'You said fifty-six.',
};

/** Before anything came out what was answered; after it whether it came out so. */
export function yourAnswerBriefly(prediction: Prediction, outcome: AnswerOutcome | null): string {
  if (!outcome) return said[prediction];
  if (outcome.kind === 'noise') return `${said[prediction]} Neither is ahead.`;
  const isSo = (outcome.betterIs === 'shallow') === (prediction === 'shallow');
  return `${said[prediction]} ${isSo ? 'So it came out.' : 'It came out the other way.'}`;
}

/** Says what was measured, and no cause (see src/insights/verdict.ts). */
export function yourAnswer(prediction: Prediction, outcome: AnswerOutcome): string {
  const after = `${said[prediction]} After ${integer(outcome.steps)} steps`;
  if (outcome.kind === 'noise') {
    return `${after} the gap between ${outcome.nets.join(' and ')} is within the noise: neither is ahead.`;
  }
  const { worse, better, gap } = outcome;
  return `${after} ${worse} makes ${points(gap)} points more errors on its training images than ${better}.`;
}

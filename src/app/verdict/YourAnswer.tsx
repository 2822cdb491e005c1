import { useMemo } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import type { AppState } from '../state/AppState.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { answerOutcome } from './answerOutcome.ts';
import { label, yourAnswer } from './enYourAnswer.ts';

/** The runs, once they have ended: while they grow there is nothing to look at. */
const selectEnded = ({ training }: AppState) => (isLive(phaseOf(training)) ? null : training.runs);

/** What was answered at the start, and what came out: one sentence, once there is a verdict. It is there, empty, before: it is read out when it comes. */
export function YourAnswer() {
  const prediction = useAppState((state) => state.prediction);
  const runs = useAppState(selectEnded);
  const outcome = useMemo(() => runs && answerOutcome(runs), [runs]);
  if (prediction === null) return null;
  return (
    <p className="your-answer" role="status" aria-label={label}>
      {outcome && yourAnswer(prediction, outcome)}
    </p>
  );
}

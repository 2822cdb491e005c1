import { useMemo } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import type { AppState } from '../state/AppState.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { answerOutcome } from './answerOutcome.ts';
import { presetOf } from '../../model/presets.ts';
import { readDraft } from '../state/readDraft.ts';
import { label, yourAnswer, yourAnswerBriefly } from './enYourAnswer.ts';

/** The runs, once they have ended: while they grow there is nothing to look at. */
const selectEnded = ({ training }: AppState) => (isLive(phaseOf(training)) ? null : training.runs);

/** Whether the question of the start stands on the page. */
const selectIsAsked = ({ draft }: AppState): boolean => {
  const { experiment } = readDraft(draft);
  return experiment !== null && presetOf(experiment)?.id === 'degradation';
};

/**
 * What was answered at the start, and, once all has ended, what came out. `brief`: where the question of the page is the one that was
 * answered, without the numbers, which the verdict beside it has. It is there, empty, before: it is read out when it comes.
 */
export function YourAnswer({ brief: isBrief = false }: { brief?: boolean }) {
  const prediction = useAppState((state) => state.prediction);
  const runs = useAppState(selectEnded);
  const outcome = useMemo(() => runs && answerOutcome(runs), [runs]);
  const isAsked = useAppState(selectIsAsked);
  if (prediction === null) return null;
  const brief = isBrief && isAsked ? yourAnswerBriefly(prediction, outcome) : null;
  return (
    <p className="your-answer" role="status" aria-label={label}>
      {isBrief ? brief : outcome && yourAnswer(prediction, outcome)}
    </p>
  );
}

import type { Answered } from '../../app/inside/view.ts';
import { LinesDrawing } from './LinesDrawing.tsx';
import type { SignalAnswer, SignalQuestion } from './signal.ts';
import { StepsDrawing } from './StepsDrawing.tsx';

export function SignalDrawing(answered: Answered<SignalQuestion, SignalAnswer>) {
  return answered.question.across === 'layers' ? (
    <LinesDrawing {...answered} />
  ) : (
    <StepsDrawing {...answered} />
  );
}

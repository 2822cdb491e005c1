import type { Answered } from '../../app/inside/view.ts';
import { LayersDrawing } from './LayersDrawing.tsx';
import { TimeDrawing } from './TimeDrawing.tsx';
import type { WeightsAnswer, WeightsQuestion } from './weights.ts';

export function WeightsDrawing(answered: Answered<WeightsQuestion, WeightsAnswer>) {
  return answered.question.across === 'layers' ? (
    <LayersDrawing {...answered} />
  ) : (
    <TimeDrawing {...answered} />
  );
}

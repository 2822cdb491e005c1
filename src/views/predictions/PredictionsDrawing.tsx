import type { Answered } from '../../app/inside/view.ts';
import { CalibrationDrawing } from './CalibrationDrawing.tsx';
import { ClassesDrawing } from './ClassesDrawing.tsx';
import { ConfusionDrawing } from './ConfusionDrawing.tsx';
import { ImagesDrawing } from './ImagesDrawing.tsx';
import { OwnDrawing } from './OwnDrawing.tsx';
import type { PredictionsAnswer, PredictionsQuestion } from './predictions.ts';

export function PredictionsDrawing({
  nets,
  question,
  answer,
}: Answered<PredictionsQuestion, PredictionsAnswer>) {
  if (answer.kind === 'own') return <OwnDrawing nets={nets} answer={answer} />;
  switch (question.part) {
    case 'confusion':
      return <ConfusionDrawing nets={nets} answer={answer} />;
    case 'classes':
      return <ClassesDrawing nets={nets} answer={answer} />;
    case 'calibration':
      return <CalibrationDrawing nets={nets} answer={answer} />;
    case 'images':
    case 'own':
      return <ImagesDrawing nets={nets} question={question} answer={answer} />;
  }
}

import type { Answered } from '../../app/inside/view.ts';
import { CamDrawing } from './CamDrawing.tsx';
import { FiltersDrawing } from './FiltersDrawing.tsx';
import type { GradCamAnswer, GradCamQuestion } from './gradCam.ts';
import { MapsDrawing } from './MapsDrawing.tsx';

export function GradCamDrawing({ nets, question, answer }: Answered<GradCamQuestion, GradCamAnswer>) {
  switch (answer.kind) {
    case 'gradCam':
      return <CamDrawing nets={nets} question={question} answer={answer} />;
    case 'maps':
      return <MapsDrawing nets={nets} question={question} answer={answer} />;
    case 'filters':
      return <FiltersDrawing nets={nets} question={question} answer={answer} />;
  }
}

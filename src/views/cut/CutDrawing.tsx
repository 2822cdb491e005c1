import type { Answered } from '../../app/inside/view.ts';
import { BlocksDrawing } from './BlocksDrawing.tsx';
import type { CutAnswer, CutQuestion, EditsAnswer, Study } from './cut.ts';
import { DialDrawing, RandomDrawing, SwapDrawing } from './CurvesDrawing.tsx';
import { PathsDrawing } from './PathsDrawing.tsx';
import { PressedDrawing } from './PressedDrawing.tsx';

type Edited = Answered<CutQuestion, EditsAnswer>;

const drawings: Readonly<Record<Exclude<Study, 'paths'>, (drawn: Edited) => React.ReactNode>> = {
  each: BlocksDrawing,
  pressed: PressedDrawing,
  random: RandomDrawing,
  swap: SwapDrawing,
  dial: DialDrawing,
};

export function CutDrawing({ nets, question, answer }: Answered<CutQuestion, CutAnswer>) {
  const { study } = question;
  // The answer is the question's own: of paths there are no edits, and of edits no paths.
  if (answer.kind === 'paths') return <PathsDrawing nets={nets} answer={answer} />;
  if (study === 'paths') return null;
  const Drawing = drawings[study];
  return <Drawing nets={nets} question={question} answer={answer} />;
}

import type { Answered } from '../../app/inside/view.ts';
import { BlocksDrawing } from './BlocksDrawing.tsx';
import type { CutAnswer, CutQuestion, Study } from './cut.ts';
import { DialDrawing, RandomDrawing, SwapDrawing } from './CurvesDrawing.tsx';
import { PressedDrawing } from './PressedDrawing.tsx';

type Drawn = Answered<CutQuestion, CutAnswer>;

const drawings: Readonly<Record<Study, (drawn: Drawn) => React.ReactNode>> = {
  each: BlocksDrawing,
  pressed: PressedDrawing,
  random: RandomDrawing,
  swap: SwapDrawing,
  dial: DialDrawing,
};

export function CutDrawing(drawn: Drawn) {
  const Drawing = drawings[drawn.question.study];
  return <Drawing {...drawn} />;
}

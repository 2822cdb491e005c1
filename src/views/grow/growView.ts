import { defineView } from '../../app/inside/defineView.tsx';
import { isResidual } from '../../model/depths.ts';
import { grow as words } from './enGrow.ts';
import { growAnswer, growQuestion } from './grow.ts';
import { GrowDrawing } from './GrowDrawing.tsx';
import { GrowSettings } from './GrowSettings.tsx';

export const growView = defineView({
  id: 'grow',
  words: words.words,
  question: growQuestion,
  answer: growAnswer,
  initial: { depth: 56 },
  nets: {
    least: 1,
    most: 2,
    takes: ({ block, depth }) => !isResidual(block) && depth < 110,
    none: words.noNet,
  },
  cost: (_question, nets) => words.cost(nets.length),
  isLive: false,
  Settings: GrowSettings,
  Drawing: GrowDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: answer.nets.map(({ fromDepth, depth, difference, largest, images, before, after }, i) => [
      nets[i]?.name ?? '',
      fromDepth,
      depth,
      difference,
      largest,
      images,
      before,
      after,
    ]),
  }),
  summary: ({ answer }) =>
    answer.nets
      .map(
        ({ fromDepth, depth, before, after, images, difference, largest }) =>
          `${words.line(fromDepth, depth, before, after, images)} ${words.difference(difference, largest)}`,
      )
      .join(' '),
});

import { defineView } from '../../app/inside/defineView.tsx';
import { timeOf } from '../../app/inside/timeOf.ts';
import { sizeOf } from '../../model/sizes.ts';
import { isResidual } from '../../model/depths.ts';
import { grow as words } from './enGrow.ts';
import { growAnswer, growQuestion } from './grow.ts';
import { GrowDrawing } from './GrowDrawing.tsx';
import { GrowSettings } from './GrowSettings.tsx';

/** Through each net, to estimate its statistics and to compare its answers before and after. */
const IMAGES = 3_000;

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
  cost: ({ depth }, nets) =>
    words.cost(
      nets.length,
      timeOf(
        nets,
        nets.map(({ model }) => IMAGES * sizeOf({ ...model, depth }).multiplyAdds),
      ),
    ),
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

import { defineView } from '../../app/inside/defineView.tsx';
import { timeOf } from '../../app/inside/timeOf.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { sizeOf } from '../../model/sizes.ts';
import { isResidual } from '../../model/depths.ts';
import { grow as words } from './enGrow.ts';
import { ARRIVING, COMPARED, depthOf, growAnswer, growQuestion, type GrowQuestion } from './grow.ts';
import { GrowDrawing } from './GrowDrawing.tsx';
import { GrowSettings } from './GrowSettings.tsx';

/** Multiply-adds: what arrives in a net is learnt, and it answers with the grown one; one that has the layers already only answers. */
function workOf(question: GrowQuestion, nets: readonly LookedAt[]): readonly number[] {
  const depth = depthOf(
    question,
    nets.map(({ model }) => model.depth),
  );
  return nets.map(({ model }) => {
    const own = sizeOf(model).multiplyAdds;
    if (model.depth >= depth) return COMPARED * own;
    return (ARRIVING + COMPARED) * own + COMPARED * sizeOf({ ...model, depth }).multiplyAdds;
  });
}

export const growView = defineView({
  id: 'grow',
  words: words.words,
  question: growQuestion,
  answer: growAnswer,
  initial: { depth: null },
  nets: {
    least: 1,
    most: 2,
    takes: ({ block, depth }) => !isResidual(block) && depth < 110,
    none: words.noNet,
  },
  cost: (question, nets) => words.cost(timeOf(nets, workOf(question, nets))),
  isLive: false,
  Settings: GrowSettings,
  Drawing: GrowDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: answer.nets.map((net, i) => {
      const { fromDepth, images, before } = net;
      const name = nets[i]?.name ?? '';
      return net.kind === 'grown'
        ? [name, fromDepth, net.depth, net.difference, net.largest, images, before, net.after]
        : [name, fromDepth, null, null, null, images, before, null];
    }),
  }),
  summary: ({ nets, answer }) =>
    answer.nets
      .map((net, i) =>
        net.kind === 'grown'
          ? `${words.line(net.fromDepth, net.depth, net.before, net.after, net.images)} ${words.difference(net.difference, net.largest)}`
          : words.deep(nets[i]?.name ?? '', net.before, net.images),
      )
      .join(' '),
});

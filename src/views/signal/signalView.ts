import { AT_ONCE } from '../../app/inside/atOnce.ts';
import { defineView } from '../../app/inside/defineView.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { spread } from '../../insights/histogram.ts';
import { median } from '../../model/median.ts';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { columnsOf, joined, lastKept, linesOf, shownMoment, valuesOf } from './columns.ts';
import { signal as words } from './enSignal.ts';
import {
  GRADIENT_BATCH,
  signalAnswer,
  signalQuestion,
  type SignalAnswer,
  type SignalQuestion,
} from './signal.ts';
import { SignalDrawing } from './SignalDrawing.tsx';
import { SignalSettings } from './SignalSettings.tsx';

/** Kept moments that are read at once, at most; of nets with very many numbers fewer. */
const MOST_MOMENTS = 24;
const MOST_NUMBERS = 30e6;
const PASSES = 3;

const momentsAtOnce = ({ model }: LookedAt): number =>
  Math.max(2, Math.min(MOST_MOMENTS, Math.floor(MOST_NUMBERS / measureGraph(buildGraph(model)).parameters)));

export const signalView = defineView({
  id: 'signal',
  words: words.words,
  question: signalQuestion,
  answer: signalAnswer,
  initial: { across: 'layers', of: 'deviation', order: 'depth' },
  asks: ({ across, of }) => ({
    across,
    gradients: across === 'layers' ? 'shown' : of === 'gradient' ? 'all' : 'none',
  }),
  further({ across }, net, before, index) {
    const known = before ? lastKept(before.nets[index] ?? []) : -1;
    const steps = (net.moments ?? []).map(({ step }) => step).filter((step) => step > known);
    // At one moment the last one says what the last update was.
    return across === 'layers' ? steps.slice(-1) : spread(steps, momentsAtOnce(net));
  },
  joined,
  Settings: SignalSettings,
  cost({ across, of }, nets) {
    if (across === 'layers' || of !== 'gradient') return null;
    const moments = Math.max(
      ...nets.map((net) => 1 + Math.min(momentsAtOnce(net), net.moments?.length ?? 0)),
    );
    const work = nets.reduce((sum, { model }) => sum + moments * GRADIENT_BATCH * PASSES * measureGraph(buildGraph(model)).multiplyAdds, 0); // prettier-ignore
    return work <= AT_ONCE ? null : words.cost(moments);
  },
  isLive: true,
  Drawing: SignalDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: answer.nets.flatMap((moments, i) =>
      moments.flatMap(({ step, layers }) =>
        layers.map(({ name, deviation, gradient, weight, update }, at) => [
          nets[i]?.name ?? '',
          step ?? words.now,
          name,
          at + 1,
          ...[
            deviation,
            gradient,
            weight,
            update,
            gradient === null ? null : gradient / weight,
            update === null ? null : update / weight,
          ].map((value) => (value !== null && Number.isFinite(value) ? value : null)),
        ]),
      ),
    ),
  }),
  summary: ({ nets, question, answer }) =>
    question.across === 'layers' ? ofLayers(nets, answer) : ofSteps(nets, question, answer),
});

function ofLayers(nets: readonly LookedAt[], { nets: answers }: SignalAnswer): string {
  const own = answers.flatMap((moments, i) => {
    const shown = shownMoment(moments);
    return shown ? [{ name: nets[i]?.name ?? '', shown, update: linesOf(moments, 'update') }] : [];
  });
  if (own.some(({ shown }) => shown.step === 0)) return words.atStart;
  const responses = own.map(({ name, shown }) => ({
    name,
    median: median(valuesOf(shown, 'deviation') ?? []),
  }));
  const updates = own.flatMap(({ name, update }) =>
    update ? [{ name, median: median(update.values), step: update.isShown ? null : update.step }] : [],
  );
  return words.medians(responses) + words.updates(updates);
}

function ofSteps(nets: readonly LookedAt[], { of }: SignalQuestion, { nets: answers }: SignalAnswer): string {
  return words.change(
    of,
    answers.flatMap((moments, i) => {
      const columns = columnsOf(moments, of);
      const [first, last] = [columns[0], columns.at(-1)];
      if (!first || !last) return [];
      const at = ({ step, values }: typeof first) => ({ step, median: median(values) });
      return [{ name: nets[i]?.name ?? '', from: at(first), to: at(last) }];
    }),
  );
}

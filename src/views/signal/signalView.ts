import { defineView } from '../../app/inside/defineView.tsx';
import { median } from '../../insights/responses.ts';
import { signal as words } from './enSignal.ts';
import { signalAnswer, signalQuestion } from './signal.ts';
import { SignalDrawing, SignalSettings } from './SignalDrawing.tsx';

export const signalView = defineView({
  id: 'signal',
  words: words.words,
  question: signalQuestion,
  answer: signalAnswer,
  initial: { order: 'depth' },
  asks: () => ({}),
  Settings: SignalSettings,
  cost: () => null,
  isLive: true,
  Drawing: SignalDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: answer.nets.flatMap((layers, i) =>
      layers.map(({ name, deviation, gradient, weight }, at) => [
        nets[i]?.name ?? '',
        name,
        at + 1,
        deviation,
        gradient,
        weight,
        gradient / weight,
      ]),
    ),
  }),
  summary({ nets, answer }) {
    const begun = nets.every(({ step }) => step !== 0);
    if (!begun) return words.atStart;
    return words.medians(
      answer.nets.map((layers, i) => ({
        name: nets[i]?.name ?? '',
        median: median(layers.map(({ deviation }) => deviation)),
      })),
    );
  },
});

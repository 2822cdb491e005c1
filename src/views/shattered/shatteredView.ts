import { defineView } from '../../app/inside/defineView.tsx';
import { sizeOf } from '../../model/sizes.ts';
import { shattered as words } from './enShattered.ts';
import { POINTS, shatteredAnswer, shatteredQuestion, type Correlated } from './shattered.ts';
import { ShatteredDrawing } from './ShatteredDrawing.tsx';
import { ShatteredSettings } from './ShatteredSettings.tsx';

/** Multiply-adds that one thread of WebAssembly does in a few seconds. */
const AT_ONCE = 25e9;
/** Of a point: batch norm's moments, forward, and back to the image, which costs as much again. */
const PASSES = 3;
/** Images of a training step, and its passes' worth of arithmetic. */
const STEP = 128 * 3;
/** The lag that is told in words. */
const TOLD = 10;

const cell = (value: number | undefined) => (Number.isFinite(value) ? (value ?? null) : null);

export const shatteredView = defineView({
  id: 'shattered',
  words: words.words,
  question: shatteredQuestion,
  answer: shatteredAnswer,
  initial: { weights: 'initial', draws: 20 },
  Settings: ShatteredSettings,
  cost({ draws }, nets) {
    const points = PASSES * POINTS * draws;
    const work = nets.reduce((sum, { model }) => sum + points * sizeOf(model).multiplyAdds, 0);
    return work <= AT_ONCE ? null : words.cost(draws, points / STEP, nets.length);
  },
  isLive: false,
  Drawing: ShatteredDrawing,
  table({ nets, answer }) {
    const rowsOf = (name: string, { mean, deviation }: Correlated) =>
      mean.map((value, lag) => [name, lag, cell(value), cell(deviation[lag])]);
    return {
      head: words.head,
      rows: [
        ...answer.nets.flatMap((own, i) => rowsOf(nets[i]?.name ?? '', own)),
        ...rowsOf(words.white, answer.white),
        ...rowsOf(words.brownian, answer.brownian),
      ],
    };
  },
  summary({ nets, question, answer }) {
    // Never minus nothing.
    const at = ({ mean }: Correlated) => Math.round(100 * (mean[TOLD] ?? NaN)) / 100 + 0;
    return words.summary(
      question.weights,
      answer.draws,
      TOLD,
      TOLD / (POINTS - 1),
      answer.nets.map((own, i) => ({ name: nets[i]?.name ?? '', correlation: at(own) })),
      at(answer.white),
      at(answer.brownian),
    );
  },
});

import { defineView } from '../../app/inside/defineView.tsx';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { predictions as words } from './enPredictions.ts';
import { predictionsAnswer, predictionsQuestion } from './predictions.ts';
import { PredictionsDrawing } from './PredictionsDrawing.tsx';
import { PredictionsSettings } from './PredictionsSettings.tsx';
import { summaryOf, tableOf } from './said.ts';

/** Multiply-adds that one thread of WebAssembly does in a few seconds. */
const AT_ONCE = 25e9;
/** A training step of 128 images costs as much as answering three times as many (model/shapes.ts). */
const IMAGES_OF_STEP = 3 * 128;

export const predictionsView = defineView({
  id: 'predictions',
  words: words.words,
  question: predictionsQuestion,
  answer: predictionsAnswer,
  initial: { part: 'images', images: 1_000, set: 'differ', of: 0 },
  asks: ({ part, images }, picture) => (part === 'own' ? { what: 'own', picture } : { what: 'test', images }),
  Settings: PredictionsSettings,
  cost({ part, images }, nets) {
    if (part === 'own') return null;
    const work = nets.reduce(
      (sum, { model }) => sum + images * measureGraph(buildGraph(model)).multiplyAdds,
      0,
    );
    return work <= AT_ONCE ? null : words.cost(nets.length, images, images / IMAGES_OF_STEP);
  },
  isLive: true,
  Drawing: PredictionsDrawing,
  table: tableOf,
  summary: summaryOf,
});

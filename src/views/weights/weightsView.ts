import { AT_ONCE } from '../../app/inside/atOnce.ts';
import { defineView } from '../../app/inside/defineView.tsx';
import { spread } from '../../insights/histogram.ts';
import { median } from '../../model/median.ts';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { weights as words } from './enWeights.ts';
import { histogramOf, shownMoment, zeroShareOf } from './readAnswer.ts';
import { IMAGES, MOST_MOMENTS, weightsAnswer, weightsQuestion } from './weights.ts';
import { WeightsDrawing } from './WeightsDrawing.tsx';
import { layerAmong, layersToChoose, WeightsSettings } from './WeightsSettings.tsx';

/** A training step of 128 images costs as much as answering three times as many (model/shapes.ts). */
const IMAGES_OF_STEP = 3 * 128;

const cell = (value: number) => (Number.isFinite(value) ? value : null);

export const weightsView = defineView({
  id: 'weights',
  words: words.words,
  question: weightsQuestion,
  answer: weightsAnswer,
  initial: { across: 'layers', of: 'normed', layer: null },
  layer: { of: ({ layer }) => layer, with: (question, layer) => ({ ...question, layer }) },
  asks: ({ across }) => ({ across }),
  further: ({ across }, { moments = [] }) =>
    across === 'layers'
      ? []
      : spread(
          moments.map(({ step }) => step),
          MOST_MOMENTS,
        ),
  Settings: WeightsSettings,
  cost({ across }, nets) {
    if (across === 'layers') return null;
    const counts = nets.map(({ moments = [] }) => 1 + Math.min(MOST_MOMENTS, moments.length));
    const work = nets.reduce((sum, { model }, i) => sum + IMAGES * (counts[i] ?? 1) * measureGraph(buildGraph(model)).multiplyAdds, 0); // prettier-ignore
    const most = Math.max(...counts);
    return work <= AT_ONCE ? null : words.cost(most, Math.ceil((IMAGES * most) / IMAGES_OF_STEP));
  },
  isLive: true,
  Drawing: WeightsDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: answer.nets.flatMap((moments, i) =>
      moments.flatMap(({ step, layers }) =>
        layers.map(({ name, filters, normed, active }) => [
          nets[i]?.name ?? '',
          step ?? words.shown,
          name,
          cell(filters.deviation),
          cell(normed.mean),
          cell(normed.deviation),
          active ? cell(zeroShareOf(active)) : null,
        ]),
      ),
    ),
  }),
  summary({ nets, question, answer }) {
    const name = (i: number) => nets[i]?.name ?? '';
    if (question.across === 'time') {
      const layer = layerAmong(question, layersToChoose(nets));
      return words.change(
        layer,
        answer.nets.flatMap((moments, i) => {
          const spreads = moments.flatMap(({ layers }) => {
            const found = layers.find((one) => one.name === layer);
            const histogram = found ? histogramOf(found, question.of) : null;
            return histogram ? [histogram.deviation] : [];
          });
          const [from, to] = [spreads[0], spreads.at(-1)];
          return from === undefined || to === undefined ? [] : { name: name(i), from, to };
        }),
      );
    }
    return words.summary(
      answer.images,
      answer.nets.map((moments, i) => {
        const { layers } = shownMoment(moments);
        return {
          name: name(i),
          deviation: median(layers.map(({ normed }) => normed.deviation)),
          zeros: median(layers.flatMap(({ active }) => (active ? [zeroShareOf(active)] : []))),
        };
      }),
    );
  },
});

import { AT_ONCE } from '../../app/inside/atOnce.ts';
import { defineView } from '../../app/inside/defineView.tsx';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { gradCam as words } from './enGradCam.ts';
import { gradCamAnswer, gradCamQuestion, IMAGES } from './gradCam.ts';
import { GradCamDrawing } from './GradCamDrawing.tsx';
import { GradCamSettings } from './GradCamSettings.tsx';
import { summaryOf, tableOf } from './said.ts';

/** A training step of 128 images costs as much as answering three times as many (model/shapes.ts). */
const IMAGES_OF_STEP = 3 * 128;
/** The way back to a layer's maps, at most to the first: as much as the way forward. */
const PASSES = 2;

export const gradCamView = defineView({
  id: 'gradCam',
  words: words.words,
  question: gradCamQuestion,
  answer: gradCamAnswer,
  initial: { part: 'gradCam', of: 'test', image: 0, layer: null, target: 'answer', scale: 'one' },
  // The end of a stage is no layer of the graph: that choice is this view's alone.
  layer: {
    of: ({ layer }) => (layer?.startsWith('stage ') ? null : layer),
    with: (question, layer) => ({ ...question, layer }),
  },
  asks({ part, of, image, layer, target }, picture) {
    if (part === 'filters') return { what: 'filters' };
    const own = of === 'own' ? picture : null;
    // Whatever number stands in the form: a picture of one's own is asked about but once.
    const images = { image: own ? 0 : image, picture: own, layer };
    return part === 'maps' ? { what: 'maps', ...images } : { what: 'gradCam', ...images, target };
  },
  Settings: GradCamSettings,
  cost({ part, of }, nets) {
    if (part === 'filters') return null;
    const images = part === 'gradCam' && of === 'test' ? IMAGES : 1;
    const passes = part === 'gradCam' ? PASSES : 1;
    const work = nets.reduce((sum, { model }) => sum + images * passes * measureGraph(buildGraph(model)).multiplyAdds, 0); // prettier-ignore
    return work <= AT_ONCE ? null : words.cost(images, (images * passes) / IMAGES_OF_STEP);
  },
  isLive: true,
  Drawing: GradCamDrawing,
  table: tableOf,
  summary: summaryOf,
});

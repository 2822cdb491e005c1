import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, list, percent, plainNumber, twoDecimals } from '../../app/ui/format.ts';

export const weights = {
  words: {
    name: 'Weights and activations',
    question: 'What values do the filters take, and what comes out of each layer?',
    shows:
      'How often which values occur in each layer: in its filters, in what its batch norm gives before anything is added to it, and in what is left after ReLU; the outputs on the first test images, as the net is when it answers.',
    doesNot:
      'Whether a layer matters. A small filter before a batch norm does as much as a large one, since batch norm divides by its spread; and a share of zeros after ReLU is usual, not a fault: only a unit that is zero for every image is dead, and that is not looked at here. In the first steps the running statistics of batch norm lag behind, and outputs lie farther out than they do in training.',
    terms: [
      ['filter', 'filters'],
      ['batchNorm', 'batch norm'],
      ['relu', 'ReLU'],
      ['runningStatistics', 'running statistics'],
    ] satisfies ViewTerms,
    source:
      'Histograms as in Glorot and Bengio 2010 and Ioffe and Szegedy 2015; shares of zeros after ReLU: Glorot, Bordes and Bengio 2011.',
  },
  across: 'Across',
  acrosses: { layers: 'all layers', time: 'the moments of one layer' },
  of: 'Values',
  quantities: {
    filters: 'filter weights',
    normed: 'after batch norm',
    active: 'after ReLU',
  },
  layer: 'Layer',
  titles: {
    filters: 'Filter weights, by layer',
    normed: 'After batch norm, by layer',
    active: 'After ReLU, by layer',
  },
  oneTitles: {
    filters: (layer: string) => `Filter weights of ${layer}, by step`,
    normed: (layer: string) => `After batch norm of ${layer}, by step`,
    active: (layer: string) => `After ReLU of ${layer}, by step`,
  },
  value: 'value',
  depth: 'layer, from the image (top) to the answer',
  layerNumber: 'layer, from the image to the answer',
  layerDown: 'layer',
  share: 'share of the layer\u2019s values in a bin, %',
  zeros: 'Share of zeros after ReLU, %',
  beyond: 'The outermost bins hold what lies beyond.',
  beyondZeros: 'The first bin holds the zeros, too; the last what lies beyond.',
  noLayer: 'has no such layer',
  noRelu: 'no ReLU follows it',
  oneMoment: 'Only one moment of it is kept: train it, and more will be.',
  shown: 'now',
  cost: (moments: number, steps: number) =>
    `${integer(moments)} moments: as much work as ${steps === 1 ? 'about one training step' : `about ${integer(steps)} training steps`} of 128 images of each net.`,
  head: [
    'net',
    'moment',
    'layer',
    'filter deviation',
    'batch norm mean',
    'batch norm deviation',
    'zeros after ReLU',
  ],
  summary: (
    images: number,
    nets: readonly { readonly name: string; readonly deviation: number; readonly zeros: number }[],
  ) =>
    `Median over the layers, on ${integer(images)} test images: ${nets.map(({ name, deviation, zeros }) => `${name} spreads by ${twoDecimals(deviation)} after batch norm and has ${percent(zeros)} zeros after ReLU`).join('; ')}.`,
  change: (
    layer: string,
    nets: readonly { readonly name: string; readonly from: number; readonly to: number }[],
  ) =>
    `Spread of the values of ${layer}, first and last moment: ${list(nets.map(({ name, from, to }) => `${name} ${plainNumber(from)} and ${plainNumber(to)}`))}.`,
};

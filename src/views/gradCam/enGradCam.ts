import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, list, percent, plainNumber, twoDecimals, wholePercent } from '../../app/ui/format.ts';
import { classNames } from '../../model/dataset.ts';
import type { ShownImage } from './gradCam.ts';

const imageName = ({ number }: ShownImage) =>
  number === null ? 'your picture' : `test image ${integer(number)}`;

const coverOf = (images: number, nets: readonly { readonly name: string; readonly share: number }[]) =>
  nets.length === 0
    ? []
    : [
        `The heat is above half of its highest on ${list(nets.map(({ name, share }) => `${wholePercent(share)} (${name})`))} of the picture${images === 1 ? '' : `, in the mean over ${integer(images)}`}.`,
      ];

export const gradCam = {
  words: {
    name: 'What it looks at',
    question: 'Where in the picture does each net find its answer?',
    shows:
      'Grad-CAM: the maps of one layer, each weighted by how much the logit of a class rises, on average over its positions, as the map does, and what of their sum is positive; it says which parts of the picture speak for that class in that layer. Beside it the maps themselves, and the filters of the first layer as colours.',
    doesNot:
      'Why a net answers so, or what it would answer without that part: cover it, and ask again. The heat is as coarse as the layer\u2019s maps (8\u00d78 in the last stage), and what speaks against the class is left out. A sensible spot is no proof of a sensible net: a net of no training has spots, too.',
    terms: [
      ['map', 'maps'],
      ['logit', 'logit'],
      ['filter', 'filters'],
    ] satisfies ViewTerms,
    source:
      'Selvaraju et al. 2017, with running statistics and the logit before softmax. On how easily such pictures are over-read: Adebayo et al. 2018.',
  },
  show: 'Show',
  parts: { gradCam: 'Grad-CAM', maps: 'Feature maps', filters: 'First filters' },
  pictures: 'Pictures',
  ofs: { test: 'test images', own: 'your picture' },
  from: { gradCam: 'From number', maps: 'Number' },
  earlier: 'Earlier',
  later: 'Later',
  layer: 'Layer',
  last: 'the last with maps',
  stage: (stage: string) => `the end of ${stage}`,
  target: 'Heat of',
  targets: { answer: 'each net\u2019s own answer', label: 'the right class' },
  scale: 'Colours',
  scales: { one: 'one scale for all', each: 'each its own' },
  own: 'own',
  bringOwn: 'Until you bring one, test images stand here.',
  className: (number: number | null) =>
    number === null ? 'no answer' : (classNames[number] ?? integer(number)),
  imageTitle: (image: ShownImage) =>
    image.label === null ? 'your picture' : `${classNames[image.label] ?? ''}, ${imageName(image)}`,
  camTitle: (layer: string) => `Grad-CAM at ${layer}`,
  ofLayer: (layer: string | null) =>
    layer === null
      ? 'each net\u2019s last layer with maps'
      : layer.startsWith('stage ')
        ? `the end of ${layer}`
        : layer,
  outlines: 'On the photograph: where each net\u2019s heat is above half of its highest.',
  outlinesShort: 'Outlines: above half of each net\u2019s highest heat.',
  heat: 'heat: logits that a position brings',
  heatEach: 'heat, from 0 to the highest of each picture',
  highest: 'highest',
  said: (name: string, logit: number, probability: number) =>
    `${name} ${plainNumber(Number(logit.toPrecision(3)))} (${wholePercent(probability)})`,
  saidKey: 'Beside each net: the class, its logit, and its probability. Filled mark: the net is right.',
  saidKeyShort: 'Class, its logit and probability. Filled: right.',
  missing: {
    noLayer: (net: string, layer: string) => `${net} has no layer ${layer}.`,
    noMaps: (net: string, layer: string) => `${layer} of ${net} gives a vector, and no map.`,
  },
  mapsTitle: (layer: string, image: ShownImage) => `Maps of ${layer} for ${imageName(image)}`,
  mapsOf: (layer: string, side: number, shown: number, all: number) =>
    shown < all
      ? `${layer}: the first ${integer(shown)} of ${integer(all)} maps, ${side}\u00d7${side}`
      : `${layer}: ${integer(all)} maps, ${side}\u00d7${side}`,
  mapScale: 'output of the layer',
  mapScaleEach: 'each map by itself',
  least: 'least',
  greatest: 'greatest',
  mapScaleEnd: 'The scale ends where 99.5% of the values do.',
  filtersTitle: 'Filters of the first layer, in colour',
  filtersOf: (layer: string, shown: number, all: number, kernel: number) =>
    `${layer}: ${shown < all ? `the first ${integer(shown)} of ` : ''}${integer(all)} filters, ${kernel}\u00d7${kernel}`,
  filterKey: 'Weights for red, green and blue. Mid grey is 0.',
  filterScale: (most: number) => `White and black: \u00b1${plainNumber(Number(most.toPrecision(2)))}.`,
  filterScaleEach: 'White and black: the largest weight of each filter.',
  cost: (images: number, steps: number) =>
    `${images === 1 ? 'One picture' : `${integer(images)} pictures`} through each net and back: as much work as ${steps <= 1 ? 'about one training step' : `about ${integer(steps)} training steps`} of 128 images of each.`,
  heads: {
    gradCam: [
      'net',
      'image',
      'is a',
      'layer',
      'answer',
      'heat of',
      'logit',
      'probability',
      'highest heat',
      'at x',
      'at y',
      'share above half of it',
    ],
    maps: ['net', 'layer', 'map', 'mean', 'largest', 'share of zeros'],
    filters: ['net', 'filter', 'norm', 'mean red', 'mean green', 'mean blue', 'share of colour'],
  },
  summaries: {
    cover: (images: number, nets: readonly { readonly name: string; readonly share: number }[]) =>
      [
        ...coverOf(
          images,
          nets.filter(({ share }) => Number.isFinite(share)),
        ),
        ...nets.flatMap(({ name, share }) =>
          Number.isFinite(share) ? [] : [`In this layer of ${name} nothing speaks for the class.`],
        ),
      ].join(' '),
    agree: (pairs: readonly { readonly a: string; readonly b: string; readonly correlation: number }[]) =>
      pairs.length === 0
        ? ''
        : ` Heats of one picture correlate by ${list(pairs.map(({ a, b, correlation }) => `${twoDecimals(correlation)} (${a}, ${b})`))}.`,
    maps: (
      { number }: ShownImage,
      nets: readonly {
        readonly name: string;
        readonly layer: string;
        readonly channels: number;
        readonly empty: number;
        readonly zeros: number;
      }[],
    ) =>
      `${number === null ? 'Your picture' : `Test image ${integer(number)}`}: ${nets.map(({ name, layer, channels, empty, zeros }) => `${integer(empty)} of the ${integer(channels)} maps of ${name} in ${layer} are zero everywhere, and ${percent(zeros)} of all values`).join('; ')}.`,
    filters: (nets: readonly { readonly name: string; readonly colour: number }[]) =>
      `Share of the filters\u2019 squared weights by which colours differ, the rest being common to all three: ${list(nets.map(({ name, colour }) => `${name} ${percent(colour)}`))}.`,
    none: 'None of these nets has such a layer with maps.',
  },
};

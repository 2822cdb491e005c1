import type { ViewTerms } from '../../app/inside/view.ts';
import { compact, integer, joined, list } from '../../app/ui/format.ts';
import type { ArchitectureQuestion } from './architecture.ts';
import type { Shortcut, Unit } from './netPlan.ts';

type Shape = Unit['input'];

const shape = ({ height, width, channels }: Shape) =>
  height === 1 && width === 1
    ? integer(channels)
    : `${integer(height)}\u00d7${integer(width)}\u00d7${integer(channels)}`;

const added: Readonly<Record<Shortcut, string | null>> = {
  none: null,
  identity: 'the shortcut added',
  padded: 'the shortcut added, with zeros for its new channels',
  projected: 'the shortcut added, through a 1\u00d71 convolution',
};

const kernel = (size: number | null) => `${size ?? ''}\u00d7${size ?? ''}`;

/** What a layer is, in words. */
function kindOf({ kind, kernel: size, stride, input, output }: Unit): string {
  switch (kind) {
    case 'conv':
      return joined(
        ', ',
        `${kernel(size)} convolution`,
        size === 3 ? 'padding 1' : null,
        stride > 1 ? `stride ${stride}` : null,
      );
    case 'padShortcut':
      return `shortcut without parameters: every ${stride === 2 ? 'second' : ''} pixel, ${integer((output.channels - input.channels) / 2)} channels of zeros in front and as many behind`;
    case 'globalAveragePool':
      return 'mean of each map';
    case 'dense':
      return 'dense layer: a number for each class';
    case 'batchNorm':
      return 'batch norm';
  }
}

export const architecture = {
  words: {
    name: 'Architecture',
    question: 'What is being compared, layer by layer?',
    shows:
      'Every layer of the nets, from the image on the left to the ten classes on the right. A bar is a convolution with its batch norm and ReLU, as tall as its maps are wide; an arc is a shortcut, dotted where it changes shape: with zeros for new channels, or, with a small square, through a 1\u00d71 convolution. The same block of each net stands in the same column.',
    doesNot:
      'What the layers do, and whether the net learns: the other views measure that, of the layer that is chosen here. And multiply-adds are work, not time: a device is slower at some layers than at others.',
    terms: [
      ['convolution', 'convolution'],
      ['batchNorm', 'batch norm'],
      ['relu', 'ReLU'],
      ['map', 'maps'],
      ['shortcut', 'shortcut'],
      ['block', 'block'],
      ['multiplyAdds', 'multiply-adds'],
    ] satisfies ViewTerms,
    source:
      'He et al. 2015, figure 3 (the drawing), section 4.1 (shortcuts A, B and C), section 4.2 (these nets).',
  },
  equal: 'Equal blocks',
  foldings: { fit: 'as they fit', folded: 'folded', open: 'each drawn' } satisfies Record<
    ArchitectureQuestion['equal'],
    string
  >,
  unfolded: 'the chosen block layer by layer',
  layer: 'Layer',
  before: 'The layer before',
  after: 'The layer after',
  /** Which of so many. */
  position: (name: string, at: number, all: number) => `${name}, ${integer(at)} of ${integer(all)}`,
  none: 'none chosen',
  hint: 'Choose a layer here, or press one in the drawing: it is then chosen in every view.',
  /** A layer of these nets, in which it is the same. */
  ofNets: (nets: readonly string[]) => `${list(nets)}: `,
  absent: 'no such layer.',
  fact: (unit: Unit) =>
    `${joined(
      '; ',
      kindOf(unit),
      `${shape(unit.input)} \u2192 ${shape(unit.output)}`,
      unit.parameters > 0
        ? `${integer(unit.parameters)} parameters${unit.ofNorm > 0 ? `, ${integer(unit.ofNorm)} of them batch norm\u2019s` : ''}`
        : 'no parameters',
      unit.multiplyAdds > 0 ? `${compact(unit.multiplyAdds)} multiply-adds` : null,
      unit.adds === 'none' ? null : added[unit.adds],
    )}.`,
  label: (nets: readonly string[]) => `${list(nets)}, layer by layer from left to right`,
  image: 'image',
  stage: (stage: number, side: number) => `stage ${stage}: ${side}\u00d7${side}`,
  stageShort: (side: number) => `${side}\u00d7${side}`,
  classes: (count: number) => integer(count),
  times: (count: number) => `\u00d7${integer(count)}`,
  block: (section: number, block: number) => `stage ${section}, block ${block + 1}`,
  start: 'before the first stage',
  end: 'behind the last stage',
  noBlock: (net: string) => `${net} has no such block`,
  /** In a box of the drawing: as figure 3 writes it, and shorter. */
  box: ({ kind, kernel: size, stride, output }: Unit) =>
    kind === 'conv'
      ? `${kernel(size)} conv, ${integer(output.channels)}${stride > 1 ? `, /${stride}` : ''}`
      : kind === 'globalAveragePool'
        ? 'mean'
        : kind === 'dense'
          ? `dense, ${integer(output.channels)}`
          : 'batch norm',
  boxShort: ({ kind, kernel: size, stride, output }: Unit) =>
    kind === 'conv'
      ? `${kernel(size)}, ${integer(output.channels)}${stride > 1 ? ` /${stride}` : ''}`
      : kind === 'globalAveragePool'
        ? 'mean'
        : kind === 'dense'
          ? integer(output.channels)
          : 'norm',
  pad: (zeros: number, stride: number) =>
    joined(
      ', ',
      stride > 1 ? `every ${stride === 2 ? '2nd' : `${stride}th`} pixel` : null,
      `+ ${integer(zeros)} zero channels`,
    ),
  padShort: (zeros: number) => `+ ${integer(zeros)} zeros`,
  norm: 'BN',
  relu: 'ReLU',
  plus: '+',
  shape,
  net: (
    name: string,
    depth: number,
    projections: number,
    parameters: number,
    work: number,
    shortcuts: string,
  ) =>
    `${name}: ${integer(depth)} layers with weights on the way${projections > 0 ? ` and ${integer(projections)} on shortcuts` : ''}, ${compact(parameters)} parameters, ${compact(work)} multiply-adds an image, ${shortcuts}.`,
  shortcuts: (count: number, padded: number, projected: number) =>
    count === 0
      ? 'no shortcuts'
      : joined(
          ', ',
          `${integer(count)} shortcuts`,
          padded > 0 ? `${integer(padded)} of them with zeros for new channels` : null,
          projected > 0 ? `${integer(projected)} of them through a convolution` : null,
        ),
  twins: (a: string, b: string) => `${a} and ${b} differ in their shortcuts alone.`,
  joined: (sentences: readonly string[]) => joined(' ', ...sentences),
  head: [
    'net',
    'layer',
    'kind',
    'kernel',
    'stride',
    'input',
    'output',
    'parameters',
    'multiply-adds',
    'added behind it',
  ],
  kind: {
    conv: 'convolution',
    batchNorm: 'batch norm',
    padShortcut: 'padded shortcut',
    globalAveragePool: 'mean of each map',
    dense: 'dense',
  } satisfies Record<Unit['kind'], string>,
};

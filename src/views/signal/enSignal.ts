import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, list, plainNumber } from '../../app/ui/format.ts';
import type { Quantity } from './signal.ts';

const short = (value: number) => plainNumber(Number(value.toPrecision(3)));
const lower: Readonly<Record<Quantity, string>> = {
  deviation: 'response',
  gradient: 'relative gradient',
  update: 'relative update',
};

export const signal = {
  words: {
    name: 'Signal by depth',
    question: 'Does every layer respond, and does every layer hear?',
    shows:
      'How far the outputs of each 3\u00d73 layer spread after its batch norm, how strong the gradient is that its filter gets from one batch, and by how much of itself the last training step changed the filter.',
    doesNot:
      'A weak response is not a fault: in a residual net it says that the block changes little. And a healthy gradient says that the signal arrives, not that it is useful; with batch norm it does arrive in deep plain nets, too. A step that changes a filter much has not therefore improved it.',
    terms: [
      ['batchNorm', 'batch norm'],
      ['gradient', 'gradient'],
      ['filter', 'filter'],
      ['batch', 'one batch'],
      ['step', 'step'],
      ['residual', 'residual net'],
      ['block', 'block'],
      ['plain', 'plain nets'],
    ] satisfies ViewTerms,
    source:
      'He et al. 2015, figure 7 and section 4.1. In training a batch-normed output has deviation |scale| and mean shift in each channel: no pass is needed. The update is that of the step before a kept moment, out of the optimiser\u2019s own memory: learning rate times velocity (SGD, weight decay with it), or Adam\u2019s moments; RMSprop keeps none, and files of weights hold none.',
  },
  across: 'Across',
  acrosses: { layers: 'the layers', steps: 'layers and steps' },
  of: 'Colour',
  quantities: { deviation: 'response', gradient: 'gradient', update: 'update' },
  titles: {
    deviation: 'Standard deviation of the output after batch norm',
    gradient: 'Norm of the filter\u2019s gradient over the filter\u2019s norm',
    update: 'Norm of the last update over the filter\u2019s norm',
  },
  layer: 'layer, from the image to the answer',
  sorted: 'layer, sorted by size',
  step: 'step',
  layerDown: 'layer',
  order: 'Order',
  orders: { depth: 'by depth', size: 'by size' },
  now: 'now',
  updateAt: (nets: readonly { readonly name: string; readonly step: number }[]) =>
    `Updates of kept moments: ${list(nets.map(({ name, step }) => `${name} at step ${integer(step)}`))}.`,
  noUpdates: (nets: readonly string[]) =>
    `No last update is known of ${list(nets)}: no kept moment of it says one.`,
  noColumns: {
    deviation: 'Nobody said at which step it is.',
    gradient: 'Nobody said at which step it is.',
    update: 'None of its kept moments says a last update.',
  },
  stepsKey:
    'Layers from above; steps by the logarithm of 1 + step: the kept moments, and each look while it trains. Grey: no number.',
  stepsKeyShort: 'Layers from above, steps by log(1 + step).',
  cost: (moments: number) =>
    `The gradient of a batch at up to ${integer(moments)} moments: as much work as about ${integer(moments)} training steps of 128 images of each net.`,
  head: [
    'net',
    'step',
    'layer',
    'position',
    'deviation',
    'gradient norm',
    'filter norm',
    'update norm',
    'gradient over filter',
    'update over filter',
  ],
  medians: (nets: readonly { readonly name: string; readonly median: number }[]) =>
    `Median response: ${list(nets.map(({ name, median }) => `${name} ${plainNumber(median)}`))}.`,
  updates: (
    nets: readonly { readonly name: string; readonly median: number; readonly step: number | null }[],
  ) =>
    nets.length === 0
      ? ''
      : ` Median relative update: ${list(nets.map(({ name, median, step }) => `${name} ${short(median)}${step === null ? '' : ` (step ${integer(step)})`}`))}.`,
  atStart: 'Before the first step every scale is 1: that says nothing of the net.',
  change: (
    of: Quantity,
    nets: readonly {
      readonly name: string;
      readonly from: { readonly step: number; readonly median: number };
      readonly to: { readonly step: number; readonly median: number };
    }[],
  ) =>
    nets.length === 0
      ? `No moment of these nets says its ${lower[of]}.`
      : `Median ${lower[of]} over the layers: ${nets.map(({ name, from, to }) => (from.step === to.step ? `${name} ${short(from.median)} at step ${integer(from.step)}` : `${name} from ${short(from.median)} at step ${integer(from.step)} to ${short(to.median)} at step ${integer(to.step)}`)).join('; ')}.`,
};

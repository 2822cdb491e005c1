import { list, plainNumber } from '../../app/ui/format.ts';

export const signal = {
  words: {
    name: 'Signal by depth',
    question: 'Does every layer respond, and does every layer hear?',
    shows:
      'How far the outputs of each 3×3 layer spread after its batch norm, and how strong the gradient is that its filter gets from one batch.',
    doesNot:
      'A weak response is not a fault: in a residual net it says that the block changes little. And a healthy gradient says that the signal arrives, not that it is useful; with batch norm it does arrive in deep plain nets, too.',
    source:
      'He et al. 2015, figure 7 and section 4.1. In training a batch-normed output has deviation |scale| and mean shift in each channel: no pass is needed.',
  },
  deviation: 'Standard deviation of the output after batch norm',
  gradient: 'Norm of the filter\u2019s gradient over the filter\u2019s norm',
  layer: 'layer, from the image to the answer',
  sorted: 'layer, sorted by size',
  order: 'Order',
  orders: { depth: 'by depth', size: 'by size' },
  head: ['net', 'layer', 'position', 'deviation', 'gradient norm', 'filter norm', 'gradient over filter'],
  medians: (nets: readonly { readonly name: string; readonly median: number }[]) =>
    `Median response: ${list(nets.map(({ name, median }) => `${name} ${plainNumber(median)}`))}.`,
  atStart: 'Before the first step every scale is 1: that says nothing of the net.',
};

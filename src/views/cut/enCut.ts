import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, joined, percent, plainNumber, points } from '../../app/ui/format.ts';
import type { Study } from './cut.ts';

interface OfNet {
  readonly name: string;
  readonly error: number;
}

const ofBlocks = (count: number) => `${integer(count)} ${count === 1 ? 'block' : 'blocks'}`;
const again = (share: number | null) =>
  share === null ? null : `${percent(share)} with the statistics estimated again`;

export const cut = {
  words: {
    name: 'Cut, swap, dial',
    question: 'What does a net lose with one of its blocks?',
    shows:
      'How many of the first 1,000 test images each net gets wrong once its blocks are removed or exchanged, or its shortcuts turned down, after training and without any more of it. The second number is with batch norm\u2019s statistics estimated again: what is then still lost is the block\u2019s work, and not only shifted means and variances.',
    doesNot:
      'A net that stands the loss of a block was not trained without it: a small bar says that this block changes little for the blocks behind it, not that training could do without it. In a plain net a block that changes the size of the maps cannot be skipped at all; in a residual one its shortcut stays.',
    terms: [
      ['block', 'blocks'],
      ['shortcut', 'shortcuts'],
      ['batchNorm', 'batch norm'],
      ['runningStatistics', 'statistics'],
      ['plain', 'plain net'],
      ['map', 'maps'],
      ['residual', 'residual one'],
    ] satisfies ViewTerms,
    source:
      'Veit, Wilber and Belongie 2016: modules deleted and reordered at test time, and \u201cThe importance of short paths in residual networks\u201d (gradient by length of path); He et al. 2016 (scaled shortcuts, there from the start of training). Statistics estimated again: the mean over ten batches of 100 training images, passed through in training mode, the variance unbiased.',
  },
  study: 'What is done',
  studies: {
    each: 'each block removed in turn',
    pressed: 'the pressed blocks removed together',
    random: 'more and more blocks removed',
    swap: 'blocks exchanged',
    dial: 'shortcuts turned down',
    paths: 'gradient by length of path',
  } satisfies Record<Study, string>,
  again: 'also with batch norm\u2019s statistics estimated again',
  most: 'up to',
  blocks: 'blocks',
  press: 'Press a block to see its own numbers.',
  pressTogether: 'Press blocks to remove them.',
  row: (net: string) => `Blocks of ${net}`,
  stage: (stage: number) => `stage ${stage}`,
  /** Of a block, both counted from 1. */
  block: (stage: number, block: number) => `stage ${stage}, block ${block + 1}`,
  short: (stage: number, block: number) => `${stage}.${block + 1}`,
  fixed: 'changes the size of the maps and has no shortcut: it cannot be skipped',
  cost: (steps: number) =>
    `1,000 images through every edited net: about as much arithmetic as ${integer(steps)} training steps of 128 images of these nets.`,
  error: (net: string) => `Test error of ${net}, %`,
  errors: 'Test error, %',
  /** What bars, lines and signs of the picture mean, of those that are there. */
  barKey: (isAgain: boolean, isNoBar: boolean) =>
    [
      'filled: one block removed',
      ...(isAgain ? ['pale: and the statistics estimated again'] : []),
      'dashed line: the whole net',
      ...(isNoBar ? ['\u2715: changes the size of the maps, so it cannot be removed'] : []),
    ].join('; '),
  /** Where a block has no bar. */
  noBar: '\u2715',
  percent,
  lineKey: 'dashed: with the statistics estimated again',
  bandKey: 'line: mean over up to 20 choices; band: one standard deviation',
  pointKey: 'each point an order; at 1 the net as it was trained',
  blockAxis: 'block removed',
  countAxis: 'blocks removed, of those that keep the size of the maps',
  tauAxis: 'Kendall\u2019s tau between the order and the trained one',
  dialAxis: 'what every shortcut brings is multiplied by this',
  whole: 'whole net',
  cut: 'without them',
  recounted: 'statistics again',
  head: {
    each: ['net', 'block removed', 'test error', 'with statistics estimated again'],
    pressed: ['net', 'blocks removed', 'test error', 'with statistics estimated again'],
    random: ['net', 'blocks removed', 'test error', 'with statistics estimated again'],
    swap: ['net', 'tau', 'test error', 'with statistics estimated again'],
    dial: ['net', 'factor', 'test error', 'with statistics estimated again'],
    paths: [
      'net',
      'branches on the path',
      'paths of this length',
      'share of all paths',
      'paths measured',
      'mean gradient norm of one',
      'share of the gradient',
    ],
  } satisfies Record<Study, readonly string[]>,
  pathsCost: (steps: number) =>
    `Up to 20 paths of each length, back through each net: about as much arithmetic as ${integer(steps)} training steps of 128 images of these nets.`,
  pathsTitle: 'Gradient by length of path',
  pathLength: 'branches on the path',
  ofPaths: {
    shares: 'Share of all paths, %',
    gradients: 'Gradient that one path brings: norm at the image',
    products: 'Share of the gradient: both multiplied, %',
  },
  onePath: (net: string, blocks: number) =>
    `${net} has no shortcuts: one path, through all of its ${ofBlocks(blocks)}.`,
  pathsShow:
    'A residual net is a sum of paths: in each block one goes by the branch or by the shortcut, and 2 to the power of the blocks are all there are. Some of each length were drawn, and the loss\u2019s gradient went back by each alone.',
  pathsDoNot:
    'Norms of paths are multiplied by their number as if gradients of two paths never cancelled: in the gradient itself they are summed with their signs. It is one moment, with running statistics; and that long paths bring little does not say that a net could be trained without them.',
  ofPathLengths: (
    images: number,
    nets: readonly {
      readonly name: string;
      readonly blocks: number;
      readonly paths: number;
      readonly from: number;
      readonly half: number;
      readonly to: number;
    }[],
  ) =>
    nets
      .map(({ name, blocks, paths, from, half, to }) =>
        Number.isNaN(half)
          ? `${name}: its gradients are no numbers, or zero.`
          : `${name}: half of its paths go through ${integer(paths)} or fewer of its ${integer(blocks)} branches; half of the gradient comes by those of ${integer(half)} or fewer, and 90% of it by those of ${integer(from)} to ${integer(to)} (${integer(images)} training images).`,
      )
      .join(' '),
  none: 'none',
  images: (images: number) => (images < 1000 ? ` So far on ${integer(images)} images.` : ''),
  ofEach: (nets: readonly (OfNet & { readonly median: number; readonly medianAgain: number | null })[]) =>
    `With one block removed: ${joined(
      '; ',
      ...nets.map(
        ({ name, error, median, medianAgain }) =>
          `${name} goes from ${percent(error)} to ${joined(', ', percent(median), again(medianAgain))}`,
      ),
    )} (medians over its blocks).`,
  ofBlock: (net: string, name: string, error: number, recounted: number | null, whole: number) =>
    ` ${net} without ${name}: ${joined(', ', `${percent(error)} (${error < whole ? '\u2212' : '+'}${points(Math.abs(error - whole))} points)`, again(recounted))}.`,
  ofPressed: (
    nets: readonly (OfNet & {
      readonly count: number;
      readonly cut: number | null;
      readonly again: number | null;
    })[],
  ) =>
    joined(
      '; ',
      ...nets.map(({ name, error, count, cut: without, again: recounted }) =>
        without === null
          ? `${name}: ${percent(error)} whole`
          : `${name}: ${percent(error)} whole, ${joined(', ', `${percent(without)} without ${ofBlocks(count)}`, again(recounted))}`,
      ),
    ) + '.',
  ofRandom: (nets: readonly (OfNet & { readonly count: number; readonly mean: number })[]) =>
    `Mean error: ${joined(
      '; ',
      ...nets.map(
        ({ name, error, count, mean }) =>
          `${name} ${percent(error)} whole, ${percent(mean)} without ${ofBlocks(count)}`,
      ),
    )}.`,
  ofSwap: (nets: readonly (OfNet & { readonly tau: number; readonly worst: number })[]) =>
    `Blocks in another order: ${joined(
      '; ',
      ...nets.map(
        ({ name, error, tau, worst }) =>
          `${name} ${percent(error)} as trained, ${percent(worst)} at a tau of ${plainNumber(Number(tau.toFixed(2)))}`,
      ),
    )}.`,
  ofDial: (nets: readonly (OfNet & { readonly half: number | null })[]) =>
    joined(
      '; ',
      ...nets.map(({ name, error, half }) =>
        half === null
          ? `${name} has no shortcuts: ${percent(error)} throughout`
          : `${name} goes from ${percent(error)} to ${percent(half)} where its shortcuts bring half`,
      ),
    ) + '.',
  noSwap: (name: string) => `${name} has no two blocks of one shape.`,
};

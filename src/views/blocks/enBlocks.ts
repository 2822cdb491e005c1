import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, joined, list, percent } from '../../app/ui/format.ts';

interface OfNet {
  readonly name: string;
  readonly whole: number | null;
  /** Halfway through the last stage; null where there is no such stop. */
  readonly exit: number | null;
  readonly probe: number | null;
}

const said = (share: number | null) => (share === null ? null : percent(share));

export const blocks = {
  words: {
    name: 'Block by block',
    question: 'What would a net say if it stopped here?',
    shows:
      'How many test images are wrong if the signal stops behind a block and is read there: by the net\u2019s own last layer, where it fits (in the last stage), and by a linear probe that is fitted at that place. Below: how many answers each block changes, and whether what it adds points down the loss.',
    doesNot:
      'What the net uses: a probe finds what is there to be read by a straight cut, not what the blocks behind it make of it. In a plain net the last layer has no basis before the end: every block writes in terms of its own, so an early exit that fails says that it cannot be read so, not that nothing is there; the probe at the same place says how much is. The earlier stages have other channels, and the last layer does not fit at all.',
    terms: [
      ['testError', 'test images'],
      ['probe', 'linear probe'],
      ['loss', 'loss'],
      ['block', 'block'],
      ['plain', 'plain net'],
    ] satisfies ViewTerms,
    source:
      'Probes: Alain and Bengio 2016, here ridge regression on pooled features in closed form, 0.001 of the mean of X\u2019X\u2019s diagonal added to it, fitted on the first training images, without augmentation, and judged on the first test images. Early exits: nostalgebraist 2020 (\u201cthe logit lens\u201d). cos(F(x), \u2212dL/dx) and |F(x)|/|x|: Jastrz\u0119bski et al. 2018, mean over the first 100 test images, for blocks that add F(x) to x itself. All in evaluation, with the running statistics.',
  },
  images: 'Images',
  imagesOf: (train: number, test: number) => `${integer(train)} to fit, ${integer(test)} to judge`,
  cost: (train: number, test: number, steps: number, nets: number) =>
    `${integer(train)} training and ${integer(test)} test images through ${nets === 1 ? 'the net' : 'each net'}: as much work as about ${integer(steps)} training steps of 128 images.`,
  error: 'Wrong test answers if the net stops here, %',
  moved: 'Answers that the block changes, %',
  cosine: 'cos(F(x), \u2212dL/dx): above 0, down the loss',
  stage: (stage: number) => `stage ${integer(stage)}`,
  axis: 'blocks, from the image to the answer',
  probeKey: 'by a probe',
  exitKey: 'by its own last layer',
  noBasisKey: 'by its own last layer, which has no basis here',
  noCosine: 'none of these nets has blocks that add to x itself',
  guessing: 'guessing',
  start: 'before the first block',
  block: (stage: number, block: number) => `stage ${integer(stage)}, block ${integer(block)}`,
  head: [
    'net',
    'stopped behind',
    'channels',
    'wrong by a probe',
    'wrong by its last layer',
    'last layer has a basis',
    'probe\u2019s answers changed by the block',
    'last layer\u2019s answers changed by the block',
    'cos(F(x), \u2212dL/dx)',
    '|F(x)|/|x|',
  ],
  yes: 'yes',
  no: 'no',
  summary: (judged: number, nets: readonly OfNet[]) =>
    `Of the first ${integer(judged)} test images wrong, by the whole net; stopped halfway through its last stage, by its last layer; by a probe there: ${joined(
      '; ',
      ...nets.map(
        ({ name, whole, exit, probe }) => `${name} ${joined(', ', said(whole), said(exit), said(probe))}`,
      ),
    )}.`,
  noBasis: (nets: readonly string[]) => ` The last layer of ${list(nets)} has no basis there.`,
  unprobed: (nets: readonly string[], most: number) =>
    ` Maps of more than ${integer(most)} channels get no probe, which would take too long: ${list(nets)} ${nets.length === 1 ? 'has' : 'have'} such.`,
  down: (nets: readonly { readonly name: string; readonly down: number; readonly all: number }[]) =>
    ` Blocks that push down the loss: ${list(nets.map(({ name, down, all }) => `${integer(down)} of ${integer(all)} in ${name}`))}.`,
};

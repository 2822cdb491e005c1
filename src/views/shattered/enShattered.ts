import type { ViewTerms } from '../../app/inside/view.ts';
import { integer, list, twoDecimals, wholePercent } from '../../app/ui/format.ts';

interface OfNet {
  readonly name: string;
  readonly correlation: number;
}

/** With a minus that is as wide as a digit. */
const signed = (value: number) => twoDecimals(value).replace('-', '\u2212');

export const shattered = {
  words: {
    name: 'Shattered gradients',
    question: 'How soon does a net\u2019s gradient forget itself?',
    shows:
      'The gradient of an output by the image, at 256 points of the straight line from one test image to another: how alike it is at two of them, by how far they are apart. With weights drawn as before the first step it needs no training.',
    doesNot:
      'How large the gradient is: its strength is divided out, so this is not about vanishing. Nor whether the net can be trained, or what training makes of its gradients. And nearly all of such a line lies between photographs, where the net is never asked.',
    terms: [
      ['gradient', 'gradient'],
      ['step', 'step'],
    ] satisfies ViewTerms,
    source:
      'Balduzzi et al. 2017, where dense nets see one number. Here: the output is a random mix of the ten logits; batch norm has the mean and variance of the line\u2019s points as one batch, as in training, which then stay fixed, so that each gradient is of its own point; autocorrelation of the gradient less its mean along the line, summed over the image\u2019s 3,072 numbers. Twins get the same weights, line and mix.',
  },
  weights: 'Weights',
  weightsOf: {
    initial: 'before the first step, drawn anew',
    own: 'the nets\u2019 own, at the chosen moment',
  },
  weightsHint: {
    initial: 'As the nets are before the first step: what depth and shortcuts alone make of the gradient.',
    own: 'The very weights of these nets, as training has left them at that moment: what it has made of the gradient. No draw is another net then; the lines are.',
  },
  draws: 'averaged over',
  drawsOf: {
    initial: (draws: number) => `${integer(draws)} draws`,
    own: (draws: number) => `${integer(draws)} lines`,
  },
  cost: (draws: number, steps: number, nets: number) =>
    `${integer(draws)} lines of 256 points, forward and back: as much work as about ${integer(steps)} training steps of 128 images ${nets === 1 ? 'of the net' : 'of each net'}. What has come is drawn at once.`,
  strips: 'The gradient along the first line',
  rows: '24 inputs, a row each; red above, blue below the mean',
  from: 'from this test image',
  to: 'to this one',
  autocorrelation: {
    initial: 'Autocorrelation, before the first step',
    own: 'Autocorrelation, with their own weights',
  },
  lag: 'points apart, of 256',
  band: 'bands: one deviation over the draws',
  white: 'white noise',
  brownian: 'Brownian noise',
  head: ['gradient of', 'points apart', 'autocorrelation', 'deviation over draws'],
  summary: (
    of: 'initial' | 'own',
    draws: number,
    apart: number,
    share: number,
    nets: readonly OfNet[],
    white: number,
    brownian: number,
  ) =>
    `${of === 'initial' ? `Before the first step, mean of ${integer(draws)} draws` : `With their own weights, mean of ${integer(draws)} lines`}: at points ${wholePercent(share)} of the way apart (${integer(apart)} of 256), gradients correlate by ${list(nets.map(({ name, correlation }) => `${signed(correlation)} in ${name}`))}; white noise by ${signed(white)}, Brownian noise by ${signed(brownian)}.`,
};

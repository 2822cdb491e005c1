/** The terms of the views into nets. */
import type { Entry } from './entry.ts';

export const insideTerms = {
  relu: {
    name: 'ReLU',
    sentence: 'What follows most layers: numbers below zero become zero, all others stay as they are.',
    see: ['convolution', 'batchNorm'],
  },
  gradient: {
    name: 'Gradient',
    sentence:
      'For each number of a net, or of an image, how fast the loss would rise if it grew a little; a training step goes against it.',
    see: ['loss', 'step'],
  },
  logit: {
    name: 'Logit',
    sentence:
      'One of the ten numbers that come out of a net, one a class: the largest is its answer, before softmax makes probabilities of them.',
    see: ['softmax'],
  },
  softmax: {
    name: 'Softmax',
    sentence:
      'The way from ten logits to ten probabilities that add up to one: the larger a logit is than the others, the nearer its probability is to one.',
    see: ['logit', 'calibration'],
  },
  calibration: {
    name: 'Calibration',
    sentence:
      'Whether a net is as often right as it is sure: of answers given with 80%, four in five should be.',
    see: ['softmax', 'testError'],
  },
  probe: {
    name: 'Linear probe',
    sentence:
      'A last layer that is fitted by itself to what a net holds at one place, while the net stays as it is: it tells what can be read there by one straight cut a class.',
    see: ['map', 'testError'],
  },
  autocorrelation: {
    name: 'Autocorrelation',
    sentence:
      'How alike a row of numbers is to itself a few places further on: 1 the same, 0 nothing in common; white noise forgets itself at once, Brownian noise slowly.',
    see: ['gradient', 'noise'],
  },
  runningStatistics: {
    name: 'Running statistics',
    sentence:
      'The means and spreads that batch norm has collected while it trained, and uses in place of a batch\u2019s own when the net answers.',
    see: ['batchNorm', 'evaluation'],
  },
} as const satisfies Record<string, Entry>;

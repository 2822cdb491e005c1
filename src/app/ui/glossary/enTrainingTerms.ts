/** The terms of training, and of what is measured. */
import type { Entry } from './entry.ts';

export const trainingTerms = {
  batch: {
    name: 'Batch',
    sentence: 'The images that a net sees together before its weights change once; the paper takes 128.',
    picture: 'batch',
    see: ['step', 'epoch'],
  },
  step: {
    name: 'Step',
    sentence: 'One batch goes through the net, and every weight is changed a little, once.',
    picture: 'batch',
    see: ['batch', 'epoch'],
  },
  epoch: {
    name: 'Epoch',
    sentence: 'As many steps as it takes to see every training image once: 391, with batches of 128.',
    see: ['step', 'batch'],
  },
  budget: {
    name: 'Budget',
    sentence: 'How long each net trains: so many steps, epochs or minutes, the same for all lanes.',
    see: ['step', 'epoch'],
  },
  optimizer: {
    name: 'Optimiser',
    sentence: 'The rule by which the gradient of a batch changes the weights.',
    see: ['sgd', 'adam', 'rmsprop', 'learningRate'],
  },
  sgd: {
    name: 'SGD (stochastic gradient descent)',
    sentence:
      'Each weight goes a little way against its gradient, which is estimated from one batch; the paper adds momentum.',
    see: ['momentum', 'learningRate'],
  },
  adam: {
    name: 'Adam',
    sentence:
      'An optimiser that gives every weight a step size of its own, from running means of its gradient and of the gradient\u2019s square.',
    see: ['optimizer', 'rmsprop'],
  },
  rmsprop: {
    name: 'RMSprop',
    sentence:
      'An optimiser that divides each weight\u2019s gradient by a running mean of its recent size, so that steep and flat directions move alike.',
    see: ['optimizer', 'adam'],
  },
  momentum: {
    name: 'Momentum',
    sentence:
      'The share of the last change that goes into the next one, like a ball that keeps rolling: it smooths out the noise of single batches.',
    see: ['sgd'],
  },
  weightDecay: {
    name: 'Weight decay',
    sentence: 'At every step each weight is drawn a little towards 0, which keeps the net from extremes.',
    see: ['gap'],
  },
  labelSmoothing: {
    name: 'Label smoothing',
    sentence:
      'Instead of \u201ccertainly a cat\u201d the net is taught \u201calmost certainly a cat\u201d: a small share of the answer is spread over all classes, so that it does not become too sure.',
    see: ['loss'],
  },
  learningRate: {
    name: 'Learning rate',
    sentence:
      'How far the weights move at a step: too small, and learning is slow; too large, and it diverges.',
    picture: 'schedule',
    see: ['schedule', 'warmUp', 'divergence'],
  },
  schedule: {
    name: 'Schedule',
    sentence:
      'How the learning rate changes while a net trains: constant, falling like a cosine, or in drops, as in the paper, which divides it by ten after 32,000 and after 48,000 steps.',
    picture: 'schedule',
    see: ['learningRate', 'warmUp'],
  },
  warmUp: {
    name: 'Warm-up',
    sentence: 'A small learning rate at the beginning, for nets that would not start at the full one.',
    picture: 'schedule',
    see: ['schedule'],
  },
  error: {
    name: 'Error',
    sentence: 'The share of images that a net puts into a wrong class: 0% is perfect, 90% is guessing.',
    picture: 'errors',
    see: ['trainingError', 'testError', 'guessing'],
  },
  trainingError: {
    name: 'Training error',
    sentence:
      'The share of wrong answers on the images that the net learns from, counted batch by batch while it trains.',
    picture: 'errors',
    see: ['testError', 'smoothing'],
  },
  testError: {
    name: 'Test error',
    sentence:
      'The share of wrong answers on 10,000 images that the net has never learned from: what it is really able to do.',
    picture: 'errors',
    see: ['trainingError', 'gap'],
  },
  evaluation: {
    name: 'Evaluation',
    sentence:
      'Every so many steps training stops for a moment, and the net is tested on images that it does not learn from.',
    see: ['testError'],
  },
  loss: {
    name: 'Loss',
    sentence:
      'What training makes small: it is large when the net was sure of a wrong answer, and 0 when it is sure of the right one (cross-entropy).',
    see: ['error', 'guessing'],
  },
  gap: {
    name: 'Generalisation gap',
    sentence:
      'Test error minus training error: how much worse a net is on new images than on those that it learned from; a large one is a sign of over-fitting.',
    picture: 'errors',
    see: ['overfitting', 'trainingError', 'testError', 'augmentation'],
  },
  points: {
    name: 'Points (percentage points)',
    sentence:
      'The difference of two percentages, taken away one from the other: 70% against 40% are 30 points.',
    see: ['error', 'noise'],
  },
  overfitting: {
    name: 'Over-fitting',
    sentence:
      'A net does well on the images that it learned from and much worse on new ones, as if it had learned them by heart; one that does badly on its own training images does not over-fit.',
    picture: 'errors',
    see: ['gap', 'trainingError', 'capacity'],
  },
  guessing: {
    name: 'Guessing',
    sentence:
      'With ten classes a net that has learned nothing is wrong nine times out of ten: an error of 90%, and a loss of 2.303.',
    see: ['error', 'loss'],
  },
  seed: {
    name: 'Seed',
    sentence:
      'The number from which all chance is drawn: initial weights, the order of the images, crops and mirrors; another seed is another run of the same experiment.',
    picture: 'seeds',
    see: ['noise'],
  },
  noise: {
    name: 'Noise',
    sentence:
      'What differs by chance alone, from batch to batch and from seed to seed: a gap that is not larger says nothing.',
    picture: 'seeds',
    see: ['seed', 'smoothing'],
  },
  smoothing: {
    name: 'Smoothing',
    sentence:
      'A moving average over the steps before, drawn instead of single batches, which jump too much to be read.',
    see: ['noise'],
  },
  divergence: {
    name: 'Divergence',
    sentence:
      'The weights have grown beyond all bounds, and the loss is no number any more: mostly the learning rate was too large.',
    see: ['learningRate', 'warmUp'],
  },
  lane: {
    name: 'Lane',
    sentence: 'One net of an experiment: all lanes train under the same settings, to be compared.',
    see: ['lockstep'],
  },
  lockstep: {
    name: 'Lockstep',
    sentence: 'All lanes get the same batch, and the next one only when each is done with it.',
    see: ['lane', 'batch'],
  },
  throughput: {
    name: 'Throughput',
    sentence: 'How many training images a lane works through in a second, on this device.',
    see: ['multiplyAdds'],
  },
  recordedRun: {
    name: 'Recorded run',
    sentence:
      'A long training that was done beforehand by this program, and is only drawn here, to be compared with what you train.',
    see: ['lane'],
  },
  webgpu: {
    name: 'WebGPU',
    sentence: 'The browser\u2019s way to compute on the graphics card: the fastest way to train in a page.',
    see: ['webassembly', 'throughput'],
  },
  webassembly: {
    name: 'WebAssembly',
    sentence: 'Code that a browser runs on the processor almost as fast as an installed program.',
    see: ['webgpu', 'throughput'],
  },
} as const satisfies Readonly<Record<string, Entry>>;

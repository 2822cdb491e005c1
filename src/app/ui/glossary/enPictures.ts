/** What stands in the drawings of terms, and what they show to who does not see them. */
import type { PictureName } from './entry.ts';

export const pictures = {
  residual: {
    alt: 'Left, plain: two layers one after the other. Right, residual: the same, and an arc that leads around them to a plus sign.',
    plain: 'plain',
    residual: 'residual',
  },
  blocks: {
    alt: 'Left, basic: two wide layers of 3 by 3. Right, bottleneck: 1 by 1, a narrow 3 by 3, and 1 by 1.',
    basic: 'basic',
    bottleneck: 'bottleneck',
    one: '1\u00d71',
    three: '3\u00d73',
  },
  options: {
    alt: 'Left, A: the channels of the shortcut, and zeros below them. Right, B: a 1 by 1 convolution makes as many as are needed.',
    padding: 'A: zeros',
    projection: 'B: 1\u00d71',
    zero: '0',
  },
  batch: {
    alt: 'Sixteen small images go into a net together; then its weights change once.',
    images: 'a batch',
    step: 'one step',
  },
  errors: {
    alt: 'Two falling curves: the training error, dashed, ends below the test error; between their ends is the gap.',
    training: 'training',
    test: 'test',
    gap: 'gap',
  },
  seeds: {
    alt: 'Curves of several seeds lie close together; a band around their mean shows how far they scatter.',
    seeds: 'each seed',
    mean: 'their mean',
  },
  schedule: {
    alt: 'A learning rate that begins low, rises to its full height, and later drops twice.',
    warmUp: 'warm-up',
    drops: 'drops',
  },
} as const satisfies Readonly<Record<PictureName, Readonly<Record<string, string>>>>;

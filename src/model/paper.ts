/** Numbers published for the CIFAR-10 nets, each with where it stands. Test error in %, after the whole recipe. */
import { classNames, TEST_IMAGES, TRAINING_IMAGES } from './dataset.ts';
import { isResidual, unitOf } from './depths.ts';
import type { ModelConfig } from './config.ts';

export interface Source {
  readonly title: string;
  readonly url: string;
}

export const sources = {
  v1: {
    title: 'He, Zhang, Ren, Sun 2015, Deep Residual Learning for Image Recognition',
    url: 'https://arxiv.org/abs/1512.03385',
  },
  cifar: {
    title: 'Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images',
    url: 'https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf',
  },
  idelbayev: {
    title: 'Idelbayev, Proper ResNet Implementation for CIFAR10/CIFAR100 in PyTorch',
    url: 'https://github.com/akamaster/pytorch_resnet_cifar10',
  },
} as const satisfies Readonly<Record<string, Source>>;

export interface PublishedError {
  readonly depth: number;
  /** %; for an approximate value the middle of what can be read off the figure. */
  readonly testError: number;
  readonly source: keyof typeof sources;
  readonly where: string;
  /** Read by eye off a figure, to about half a point. */
  readonly approximate: boolean;
}

const table6 = (depth: number, testError: number): PublishedError => ({
  depth,
  testError,
  source: 'v1',
  where: 'table 6',
  approximate: false,
});
const figure6 = (depth: number, testError: number): PublishedError => ({
  depth,
  testError,
  source: 'v1',
  where: 'figure 6, left, read by eye',
  approximate: true,
});

/** Residual nets with basic blocks, option A and 16 filters (v1, table 6). 110 is the best of five runs. */
export const residualErrors: readonly PublishedError[] = [
  table6(20, 8.75),
  table6(32, 7.51),
  table6(44, 7.17),
  table6(56, 6.97),
  table6(110, 6.43),
  table6(1202, 7.93),
];

/** Plain nets with 16 filters. Drawn in the paper and not tabulated; depth 110 ends above 60% and is left out. */
export const plainErrors: readonly PublishedError[] = [
  figure6(20, 9.5),
  figure6(32, 10),
  figure6(44, 12),
  figure6(56, 13.5),
];

/** The setting of those numbers (v1, section 4.2). */
export const paperSetting = {
  width: 16,
  batchSize: 128,
  steps: 64_000,
  augment: 'paper',
  trainingImages: TRAINING_IMAGES,
  testImages: TEST_IMAGES,
  classes: classNames.length,
} as const;

/** What the paper gives for a net of this kind and depth at full width; undefined if nothing. */
export function publishedError(
  model: Pick<ModelConfig, 'block' | 'depth' | 'shortcut'>,
): PublishedError | undefined {
  if (unitOf(model.block) === 'bottleneck') return undefined;
  if (!isResidual(model.block)) return plainErrors.find((row) => row.depth === model.depth);
  if (model.shortcut !== 'A') return undefined;
  return residualErrors.find((row) => row.depth === model.depth);
}

/** The words of a recipe's settings, one row each: label, hint and fault of its field, column and cells of the table of runs. */
import type { SettingName } from '../../model/recipeSettings.ts';
import type { RecipeConfig } from '../../model/config.ts';
import type { RecipeDraft } from '../state/draft.ts';
import { integer, plainNumber } from '../ui/format.ts';
import { optimizers } from './enOptimizers.ts';

/** The headings of the form that settings stand under. */
export const groups = {
  data: 'Data',
  optimizer: 'Optimiser',
  rate: 'Learning rate',
  batch: 'Batch',
  seed: 'Seed',
  budget: 'Budget',
  evaluation: 'Evaluation',
} as const;
export type Group = keyof typeof groups;

export interface SettingWords {
  readonly label: string;
  /** Null where the form has no field for it. */
  readonly group: Group | null;
  readonly hint?: string;
  /** The names of a choice's values. */
  readonly options?: Readonly<Record<string, string>>;
  /** What a number has to be. */
  readonly rule?: string;
  /** What the closed group says of it; empty for nothing. The draft is told without blanks around its numbers, which are as short as can be (form/groupSummary.ts). */
  readonly summary?: (draft: RecipeDraft) => string;
  /** What the line of a recipe says of it, in pictures and recordings; empty for nothing. */
  readonly line?: (recipe: RecipeConfig) => string;
  /** Its column in the table of runs, where that is not the label. */
  readonly column?: string;
  /** A choice's values in the table, where they are not those of `options`. */
  readonly cells?: Readonly<Record<string, string>>;
}

export const settingWords = {
  optimizer: {
    label: 'Optimiser',
    group: 'optimizer',
    options: optimizers,
    summary: ({ optimizer, momentum }) =>
      optimizer === 'adam' ? optimizers.adam : `${optimizers[optimizer]} ${momentum}`,
  },
  learningRate: {
    label: 'Learning rate',
    group: 'rate',
    rule: 'Write a number above 0, such as 0.1.',
    summary: ({ learningRate }) => learningRate,
    column: 'Rate',
  },
  momentum: {
    label: 'Momentum',
    group: 'optimizer',
    rule: 'Write a number from 0 up to, but not, 1, such as 0.9.',
    line: ({ optimizer }) => (optimizer.type === 'sgd' ? `momentum ${plainNumber(optimizer.momentum)}` : ''),
  },
  weightDecay: {
    label: 'Weight decay',
    group: 'optimizer',
    rule: 'Write 0 or a small number, such as 1e-4.',
    summary: ({ weightDecay }) => `decay ${weightDecay}`,
    line: ({ optimizer }) => `weight decay ${plainNumber(optimizer.weightDecay)}`,
  },
  decayNormalisation: { label: 'Decay batch norm too', group: 'optimizer' },
  labelSmoothing: {
    label: 'Label smoothing',
    group: 'optimizer',
    hint: 'So much of the target is spread evenly over all classes while training, whose loss then is of that; tests stay plain. The paper: 0.',
    rule: 'Write a number from 0 to 0.3, such as 0.1.',
    summary: ({ labelSmoothing }) => (labelSmoothing === '0' ? '' : `smoothing ${labelSmoothing}`),
    line: ({ labelSmoothing }) =>
      labelSmoothing === 0 ? '' : `label smoothing ${plainNumber(labelSmoothing)}`,
  },
  batchSize: {
    label: 'Images in a batch',
    group: 'batch',
    rule: 'Write a whole number from 1 to 1,024, such as 128.',
    summary: ({ batchSize }) => `${batchSize} images`,
    line: ({ batchSize }) => `batch ${integer(batchSize)}`,
    column: 'Batch',
  },
  recompute: {
    label: 'Recompute activations',
    group: 'batch',
    hint: 'A step holds the maps of a few blocks only and computes the others again on its way back: a fraction of the memory for about a third more time. No number changes.',
    summary: ({ recompute }) => (recompute ? 'recomputed' : ''),
  },
  augment: {
    label: 'Augmentation',
    group: 'data',
    hint: 'Crop and flip: padded by 4 pixels, a random 32\u00d732 crop, mirrored half of the time.',
    options: { none: 'None', paper: 'Crop and flip' },
    summary: ({ augment }) => (augment === 'paper' ? 'CIFAR-10, crop and flip' : 'CIFAR-10, as it is'),
    line: ({ augment }) => (augment === 'paper' ? 'augmented' : 'not augmented'),
    cells: { paper: 'yes', none: 'none' },
  },
  order: { label: 'Order', group: null },
  seed: {
    label: 'Seed',
    group: 'seed',
    hint: 'Decides the initial weights and the order of the images. Another seed is another run of the same experiment.',
    rule: `Write a whole number, 0 or more; the last of the seeds is at most ${integer(Number.MAX_SAFE_INTEGER)}.`,
    summary: ({ seed }) => seed,
    line: ({ seed }) => `seed ${seed}`,
  },
  seeds: {
    label: 'Seeds, one after the other',
    group: 'seed',
    hint: 'Train goes on with the seeds that follow, and the verdict counts all of them. Stop ends it.',
    rule: 'Write a whole number from 1 to 20.',
    summary: ({ seeds }) => (seeds === '1' ? '' : `${seeds} seeds`),
  },
  evaluationEvery: {
    label: 'Every so many steps',
    group: 'evaluation',
    rule: 'Write a whole number of steps, at most a billion; 0 tests at the end only.',
    summary: ({ evaluationEvery: every }) => (every === '0' ? 'at the end' : `every ${every} steps`),
  },
  evaluationImages: {
    label: 'On so many test images',
    group: 'evaluation',
    rule: 'Write a whole number from 1 to 10,000.',
    summary: ({ evaluationEvery, evaluationImages }) =>
      evaluationEvery === '0' ? '' : `${evaluationImages} images`,
    line: ({ evaluation: { every, images } }) => (every > 0 ? `tested on ${integer(images)} images` : ''),
  },
  evaluationAtEnd: { label: 'All test images at the end', group: 'evaluation' },
} as const satisfies Readonly<Record<SettingName, SettingWords>>;

export const wordsOf = (name: SettingName): SettingWords => settingWords[name];
export const isInGroup = (name: SettingName, group: Group) => wordsOf(name).group === group;

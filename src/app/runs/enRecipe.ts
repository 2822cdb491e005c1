/** A recipe in words. */
import type { RecipeConfig } from '../../model/config.ts';
import { integer, plainNumber } from '../ui/format.ts';

export const optimizers = { sgd: 'SGD', adam: 'Adam', rmsprop: 'RMSprop' } as const;

/** The settings that the runs shared, in one line; with `ownOptimizers` the optimiser is none of them. */
export function recipeLine(recipe: RecipeConfig, ownOptimizers = false): string {
  const { optimizer, schedule, evaluation } = recipe;
  const budget =
    recipe.steps !== undefined
      ? `${integer(recipe.steps)} steps`
      : recipe.epochs !== undefined
        ? `${plainNumber(recipe.epochs)} epochs`
        : `${plainNumber(recipe.minutes ?? 0)} minutes`;
  const schedules = {
    constant: 'constant',
    steps: schedule.type === 'steps' ? `steps at ${schedule.milestones.map(integer).join(' and ')}` : '',
    cosine: 'cosine',
  };
  const optimizerParts = () => [
    `${optimizers[optimizer.type]}, rate ${plainNumber(optimizer.learningRate)} ${schedules[schedule.type]}${schedule.warmUp ? ', warm-up' : ''}`,
    ...(optimizer.type === 'sgd' ? [`momentum ${plainNumber(optimizer.momentum)}`] : []),
    `weight decay ${plainNumber(optimizer.weightDecay)}`,
  ];
  return [
    ...(ownOptimizers ? ['optimisers as named'] : optimizerParts()),
    `batch ${integer(recipe.batchSize)}`,
    budget,
    recipe.augment === 'paper' ? 'augmented' : 'not augmented',
    `seed ${recipe.seed}`,
    ...(evaluation.every > 0 ? [`tested on ${integer(evaluation.images)} images`] : []),
  ].join(' \u00b7 ');
}

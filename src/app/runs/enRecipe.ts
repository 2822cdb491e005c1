/** A recipe in words. */
import type { RecipeConfig } from '../../model/config.ts';
import { isSettingName, recipeKeys, rowOf, type RecipeKey } from '../../model/recipeSettings.ts';
import { integer, plainNumber } from '../ui/format.ts';
import { optimizers, wordsOf } from './enRecipeSettings.ts';

/** The settings that the runs shared, in one line; with `ownOptimizers` the optimiser is none of them. */
export function recipeLine(recipe: RecipeConfig, ownOptimizers = false): string {
  const textOf = (key: RecipeKey): string => {
    if (key === 'budget') return budgetText(recipe);
    if (!isSettingName(key)) return '';
    if (ownOptimizers && rowOf(key).in === 'optimizer') return '';
    return key === 'optimizer' ? optimizerText(recipe) : (wordsOf(key).line?.(recipe) ?? '');
  };
  const parts = [ownOptimizers ? 'optimisers as named' : '', ...recipeKeys.map(textOf)];
  return parts.filter(Boolean).join(' \u00b7 ');
}

function budgetText({ steps, epochs, minutes }: RecipeConfig): string {
  if (steps !== undefined) return `${integer(steps)} steps`;
  return epochs !== undefined ? `${plainNumber(epochs)} epochs` : `${plainNumber(minutes ?? 0)} minutes`;
}

function optimizerText({ optimizer, schedule }: RecipeConfig): string {
  const kind =
    schedule.type === 'steps' ? `steps at ${schedule.milestones.map(integer).join(' and ')}` : schedule.type;
  const rate = `rate ${plainNumber(optimizer.learningRate)} ${kind}`;
  return `${optimizers[optimizer.type]}, ${rate}${schedule.warmUp ? ', warm-up' : ''}`;
}

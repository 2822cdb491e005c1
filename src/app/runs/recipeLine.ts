import type { RecipeConfig } from '../../model/config.ts';
import { isSettingName, recipeKeys, rowOf, type RecipeKey } from '../../model/recipeSettings.ts';
import { joined } from '../ui/format.ts';
import { recipe as words } from './enRecipe.ts';
import { wordsOf } from './enRecipeSettings.ts';

/** The settings that the runs shared, in one line; with `ownOptimizers` the optimiser is none of them, with `ownWarmUps` some have a warm-up of their own. */
export function recipeLine(recipe: RecipeConfig, { ownOptimizers = false, ownWarmUps = false } = {}): string {
  const textOf = (key: RecipeKey): string => {
    if (key === 'budget') return budgetText(recipe);
    if (!isSettingName(key)) return '';
    if (ownOptimizers && rowOf(key).in === 'optimizer') return '';
    if (key === 'optimizer') return words.optimizer(recipe.optimizer, recipe.schedule);
    return wordsOf(key).line?.(recipe) ?? '';
  };
  return joined(
    words.separator,
    ownOptimizers ? words.ownOptimizers : '',
    ownWarmUps ? words.ownWarmUps : '',
    ...recipeKeys.map(textOf),
  );
}

function budgetText({ steps, epochs, minutes = 0 }: RecipeConfig): string {
  if (steps !== undefined) return words.budget.steps(steps);
  return epochs === undefined ? words.budget.minutes(minutes) : words.budget.epochs(epochs);
}

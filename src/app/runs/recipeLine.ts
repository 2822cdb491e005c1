import type { LaneConfig, RecipeConfig } from '../../model/config.ts';
import { isSettingName, recipeKeys, rowOf, type RecipeKey } from '../../model/recipeSettings.ts';
import { joined } from '../ui/format.ts';
import { recipe as words } from './enRecipe.ts';
import { wordsOf } from './enRecipeSettings.ts';

/** Of which runs something is said with their names: it is their own. */
interface Own {
  readonly optimizers?: 'none' | 'some' | 'all';
  readonly warmUps?: boolean;
}

/** Which of the lanes have their own. */
export function ownOf(lanes: readonly Pick<LaneConfig, 'optimizer' | 'warmUp'>[]): Own {
  const owners = lanes.filter(({ optimizer }) => optimizer).length;
  return {
    optimizers: owners === 0 ? 'none' : owners < lanes.length ? 'some' : 'all',
    warmUps: lanes.some(({ warmUp }) => warmUp),
  };
}

/** The settings that the runs shared, in one line, and what is their own. */
export function recipeLine(recipe: RecipeConfig, { optimizers = 'none', warmUps = false }: Own = {}): string {
  const textOf = (key: RecipeKey): string => {
    if (key === 'budget') return budgetText(recipe);
    if (!isSettingName(key)) return '';
    if (optimizers === 'all' && rowOf(key).in === 'optimizer') return '';
    if (key === 'optimizer') {
      const shared = words.optimizer(recipe.optimizer, recipe.schedule);
      return optimizers === 'some' ? joined(words.separator, shared, words.someOptimizers) : shared;
    }
    return wordsOf(key).line?.(recipe) ?? '';
  };
  return joined(
    words.separator,
    optimizers === 'all' ? words.ownOptimizers : '',
    warmUps ? words.ownWarmUps : '',
    ...recipeKeys.map(textOf),
  );
}

function budgetText({ steps, epochs, minutes = 0 }: RecipeConfig): string {
  if (steps !== undefined) return words.budget.steps(steps);
  return epochs === undefined ? words.budget.minutes(minutes) : words.budget.epochs(epochs);
}

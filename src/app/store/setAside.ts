/** Runs of earlier experiments that were trained in another way than the one on the stage: beside it they say little. */
import type { RecipeConfig } from '../../model/config.ts';
import type { AppState } from './appStore.ts';
import { lastResult } from './allRuns.ts';
import type { Run } from './run.ts';

/** The ids of those of `earlier` whose recipe is another one, but for the seed. */
export function setAside(earlier: readonly Run[], recipe: RecipeConfig): readonly string[] {
  const wanted = JSON.stringify({ version: null, model: null, ...recipe, seed: null });
  return earlier.filter(({ config }) => recipeKey(config) !== wanted).map((run) => run.id);
}

const recipeKey = (config: Run['config']) =>
  JSON.stringify({ ...config, version: null, model: null, seed: null });

/** Those of them that are not drawn. */
export const hiddenAside = lastResult(
  ({ archive, trained, view }: Pick<AppState, 'archive' | 'trained' | 'view'>) =>
    [archive.kept, trained, view.hidden] as const,
  ([kept, trained, hidden]): readonly string[] =>
    trained ? setAside(kept, trained.recipe).filter((id) => hidden.includes(id)) : [],
);

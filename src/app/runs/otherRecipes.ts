/** Runs of earlier experiments that were trained in another way than the present one: beside it they say little. */
import { runOfLane, type ExperimentConfig } from '../../model/config.ts';
import { decisive } from '../../model/decisive.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import type { Run } from '../state/run.ts';

/** The ids of those of `earlier` that were trained otherwise than every lane of `experiment`, but for the seed. */
export function otherRecipes(earlier: readonly Run[], experiment: ExperimentConfig): readonly string[] {
  // A lane may have its own optimiser, and its run then has it in place of the recipe's.
  const wanted = new Set(experiment.lanes.map((lane) => recipeKey(runOfLane(experiment, lane))));
  return earlier.filter(({ config }) => !wanted.has(recipeKey(config))).map((run) => run.id);
}

const recipeKey = (config: Run['config']) =>
  settingsKey({ ...(config && decisive(config)), version: null, model: null, seed: null });

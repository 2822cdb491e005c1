/** The simple settings of an experiment (recipeSettings.ts) by their names, and each back in its place. */
import type { ExperimentConfig, RecipeConfig } from './config.ts';
import { rowOf, settingNames, type Place, type SettingName, type SettingValues } from './recipeSettings.ts';

/** What `make` gives for each setting, by its name. */
export const ofEachSetting = <T>(make: (name: SettingName) => T) =>
  Object.fromEntries(settingNames.map((name) => [name, make(name)])) as Readonly<Record<SettingName, T>>;

export function settingsOf({
  recipe,
  seeds,
}: {
  readonly recipe: RecipeConfig;
  readonly seeds: ExperimentConfig['seeds'];
}): SettingValues {
  const places: Readonly<Record<Place, Readonly<Record<string, unknown>>>> = {
    experiment: { seeds },
    recipe,
    optimizer: recipe.optimizer,
    evaluation: recipe.evaluation,
  };
  // The schema that made the experiment is made of the same rows.
  return ofEachSetting((name) => places[rowOf(name).in][rowOf(name).key]) as SettingValues;
}

/** Values in their places, for the schema to judge; what is undefined gets its default. */
export function inPlaces(values: Readonly<Record<SettingName, unknown>>) {
  const places: Record<Place, Record<string, unknown>> = {
    experiment: {},
    recipe: {},
    optimizer: {},
    evaluation: {},
  };
  for (const name of settingNames) places[rowOf(name).in][rowOf(name).key] = values[name];
  return places;
}

import { rowOf, settingNames, type CostsOnly } from './recipeSettings.ts';

const costsOnly: ReadonlySet<string> = new Set(
  settingNames.map(rowOf).flatMap(({ key, costsOnly: isCost }) => (isCost ? [key] : [])),
);

/**
 * Of a run's or a recipe's settings those that its numbers follow from: without what changes time and memory alone. Runs for which these
 * are the same repeat one another to the last bit.
 */
export const decisive = <R extends object>(recipe: R): Omit<R, CostsOnly> =>
  Object.fromEntries(Object.entries(recipe).filter(([key]) => !costsOnly.has(key))) as Omit<R, CostsOnly>;

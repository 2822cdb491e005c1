import type { RecipeConfig } from './config.ts';

/** Everything that a run's batches depend on, the dataset apart. */
export type BatchSettings = Pick<RecipeConfig, 'seed' | 'batchSize' | 'order' | 'augment' | 'normalisation'>;

export const batchSettingsOf = ({
  seed,
  batchSize,
  order,
  augment,
  normalisation,
}: BatchSettings): BatchSettings => ({ seed, batchSize, order, augment, normalisation });

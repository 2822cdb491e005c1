/** Which term explains a setting, of a recipe or of a net; by its name, wherever its label stands. */
import type { RecipeKey } from '../../model/recipeSettings.ts';
import type { TermId } from '../ui/glossary/enGlossary.ts';

export type NetSetting = 'depth' | 'block' | 'shortcut' | 'width';

export const fieldTerms: Readonly<Partial<Record<RecipeKey | NetSetting | 'warmUp', TermId>>> = {
  depth: 'depth',
  block: 'block',
  shortcut: 'shortcut',
  width: 'filter',
  optimizer: 'optimizer',
  learningRate: 'learningRate',
  momentum: 'momentum',
  weightDecay: 'weightDecay',
  decayNormalisation: 'batchNorm',
  labelSmoothing: 'labelSmoothing',
  schedule: 'schedule',
  warmUp: 'warmUp',
  batchSize: 'batch',
  augment: 'augmentation',
  normalisation: 'normalisation',
  seed: 'seed',
  seeds: 'noise',
  budget: 'budget',
  evaluationEvery: 'evaluation',
};

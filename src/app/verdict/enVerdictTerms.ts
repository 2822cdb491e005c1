/** The terms of the glossary as they stand in sentences of the verdict, in small letters. */
import type { TermId } from '../ui/glossary/enGlossary.ts';

export const verdictTerms: readonly (readonly [term: TermId, ...forms: readonly string[]])[] = [
  ['points', 'points'],
  ['noise', 'noise'],
  ['seed', 'seed', 'seeds'],
  ['step', 'steps'],
  ['trainingError', 'training error', 'training errors'],
  ['testError', 'test error'],
  ['overfitting', 'over-fitting'],
  ['capacity', 'capacity'],
  ['parameters', 'parameters'],
  ['shortcut', 'shortcuts', 'shortcut'],
  ['guessing', 'guessing', 'guesses', 'guess'],
  ['filter', 'filters'],
  ['batch', 'batch', 'batches'],
  ['learningRate', 'learning rate'],
];

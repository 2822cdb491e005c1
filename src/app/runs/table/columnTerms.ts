import type { TermId } from '../../ui/glossary/enGlossary.ts';
import { fieldTerms } from '../fieldTerms.ts';
import type { ColumnKey } from './runFacts.ts';

/** Which term explains a column of the table of runs; settings by the term of their field. */
export const columnTerms: Partial<Readonly<Record<ColumnKey, TermId>>> = {
  ...fieldTerms,
  steps: 'step',
  trainingError: 'trainingError',
  testError: 'testError',
  speed: 'throughput',
};

/** What each term of the page means. */
import { insideTerms } from './enInsideTerms.ts';
import { netTerms } from './enNetTerms.ts';
import { trainingTerms } from './enTrainingTerms.ts';
import type { Entry } from './entry.ts';

const entries = { ...netTerms, ...trainingTerms, ...insideTerms };

export type TermId = keyof typeof entries;
type Known = Omit<Entry, 'see'> & { readonly see?: readonly TermId[] };
export const glossary: Readonly<Record<TermId, Known>> = entries;

/** Before the names of other terms. */
export const see = 'See also';

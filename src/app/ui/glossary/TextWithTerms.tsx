import { Fragment } from 'react';
import type { TermId } from './enGlossary.ts';
import { Term } from './Term.tsx';

/** A text whose terms say what they mean; each of them as it stands in the text. */
export type TermedText = readonly (string | { readonly term: TermId; readonly text: string })[];

export function TextWithTerms({ text }: { text: TermedText }) {
  return text.map((part, i) => (
    <Fragment key={i}>{typeof part === 'string' ? part : <Term id={part.term}>{part.text}</Term>}</Fragment>
  ));
}

import { Fragment } from 'react';
import { Term } from '../ui/glossary/Term.tsx';
import { markTerms } from './markTerms.ts';

/** A text of the verdict, in which the terms that a first-year student does not know open what they mean. */
export function MarkedText({ text }: { text: string }) {
  return markTerms(text).map((part, i) =>
    typeof part === 'string' ? (
      <Fragment key={i}>{part}</Fragment>
    ) : (
      <Term key={i} id={part.term}>
        {part.text}
      </Term>
    ),
  );
}

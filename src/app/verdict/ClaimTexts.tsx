import { Fragment } from 'react';
import { MarkedText } from './MarkedText.tsx';
import { Parts } from './Parts.tsx';
import type { ClaimText } from './verdictParts.ts';

/** Claims, each with what follows from it and how it was measured. `leads`: whether the first of them is the headline. */
export function ClaimTexts({ claims, leads }: { claims: readonly ClaimText[]; leads: boolean }) {
  return claims.map(({ parts, explanation, caveat }, i) => (
    <Fragment key={i}>
      <p className={i === 0 && leads ? 'verdict-headline' : 'verdict-more'}>
        <Parts parts={parts} />
      </p>
      {explanation !== null && (
        <p className="verdict-explains">
          <MarkedText text={explanation} />
        </p>
      )}
      {caveat !== null && (
        <p className="verdict-caveat">
          <MarkedText text={caveat} />
        </p>
      )}
    </Fragment>
  ));
}

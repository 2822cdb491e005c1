import { Fragment, useState } from 'react';
import { glossary, see as seeAlso, type TermId } from './enGlossary.ts';
import { TermPicture } from './TermPicture.tsx';

/** A term's sentence, its picture, and the terms that are near: pressed, they stand in its place. */
export function TermText({ id }: { id: TermId }) {
  const [shown, setShown] = useState(id);
  return (
    <>
      <b>{glossary[shown].name}</b>
      <Meaning id={shown} hasPicture onSee={setShown} />
    </>
  );
}

interface MeaningProps {
  readonly id: TermId;
  readonly hasPicture: boolean;
  /** Leads to another term. */
  readonly onSee: (id: TermId) => void;
}

/** What a term means, without its name. */
export function Meaning({ id, hasPicture, onSee }: MeaningProps) {
  const { sentence, picture, see = [] } = glossary[id];
  return (
    <>
      <p>{sentence}</p>
      {picture && hasPicture && <TermPicture name={picture} />}
      {see.length > 0 && (
        <p className="field-hint">
          {seeAlso}:{' '}
          {see.map((other, i) => (
            <Fragment key={other}>
              {i > 0 && ', '}
              <button type="button" className="link-button" onClick={() => onSee(other)}>
                {glossary[other].name}
              </button>
            </Fragment>
          ))}
        </p>
      )}
    </>
  );
}

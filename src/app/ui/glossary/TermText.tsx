import { joined } from '../format.ts';
import { glossary, see as seeAlso, type TermId } from './enGlossary.ts';
import { TermPicture } from './TermPicture.tsx';

/** A term's sentence, its picture, and the names of terms that are near. */
export function TermText({ id }: { id: TermId }) {
  return (
    <>
      <b>{glossary[id].name}</b>
      <Meaning id={id} hasPicture />
    </>
  );
}

/** What a term means, without its name. */
export function Meaning({ id, hasPicture }: { readonly id: TermId; readonly hasPicture: boolean }) {
  const { sentence, picture, see = [] } = glossary[id];
  const names = see.map((other) => glossary[other].name);
  return (
    <>
      <p>{sentence}</p>
      {picture && hasPicture && <TermPicture name={picture} />}
      {names.length > 0 && (
        <p className="field-hint">
          {seeAlso}: {joined(', ', ...names)}.
        </p>
      )}
    </>
  );
}

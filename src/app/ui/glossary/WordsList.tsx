import { inOrder } from '../format.ts';
import { glossary, type TermId } from './enGlossary.ts';
import { Meaning } from './TermText.tsx';

const ids = (Object.keys(glossary) as TermId[]).toSorted((a, b) =>
  inOrder(glossary[a].name, glossary[b].name),
);

/** Terms that share a picture: in the list it stands with the first. */
const first = (id: TermId, i: number) =>
  ids.findIndex((other) => glossary[other].picture === glossary[id].picture) === i;

/** All terms of the page, in the order of their names. */
export function WordsList() {
  return (
    <dl className="words-list">
      {ids.map((id, i) => (
        <div key={id} data-term={id}>
          <dt>{glossary[id].name}</dt>
          <dd>
            <Meaning id={id} hasPicture={first(id, i)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

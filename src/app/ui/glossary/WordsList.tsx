import { useRef } from 'react';
import { inOrder } from '../format.ts';
import { glossary, type TermId } from './enGlossary.ts';
import { Meaning } from './TermText.tsx';

const ids = (Object.keys(glossary) as TermId[]).toSorted((a, b) =>
  inOrder(glossary[a].name, glossary[b].name),
);

/** Terms that share a picture: in the list it stands with the first. */
const first = (id: TermId, i: number) =>
  ids.findIndex((other) => glossary[other].picture === glossary[id].picture) === i;

/** All terms of the page, in the order of their names; each leads to those that are near. */
export function WordsList() {
  const list = useRef<HTMLDListElement>(null);
  function see(id: TermId) {
    const name = list.current?.querySelector<HTMLElement>(`[data-term='${id}'] dt`);
    name?.scrollIntoView({ block: 'center' });
    name?.focus({ preventScroll: true });
  }
  return (
    <dl className="words-list" ref={list}>
      {ids.map((id, i) => (
        <div key={id} data-term={id}>
          <dt tabIndex={-1}>{glossary[id].name}</dt>
          <dd>
            <Meaning id={id} hasPicture={first(id, i)} onSee={see} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

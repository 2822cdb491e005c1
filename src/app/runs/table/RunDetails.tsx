import { useId, useState, type ReactNode } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import type { Run } from '../../state/run.ts';
import { dayAndTime, integer, megabytes } from '../../ui/format.ts';
import { isElsewhere } from '../isElsewhere.ts';
import { provenance } from '../enProvenance.ts';
import { bytesOf } from '../storage/moments.ts';
import { MOST_NOTE, tagsIn } from '../tags.ts';
import { KeptViews } from '../views/KeptViews.tsx';
import { details as words } from './enDetails.ts';
import { wayTexts } from './lineageTexts.ts';

/** What a person notes of a run, and what else is known of it. */
export function RunDetails({ run }: { run: Run }) {
  const app = useApp();
  const isFixed = isElsewhere(run);
  const moments = useAppState((state) => state.moments.get(run.id)) ?? [];
  const when = run.created === null ? '' : dayAndTime(new Date(run.created));
  const way = wayTexts(run);
  return (
    <div className="runs-details">
      <Written label={words.tags}>{(id) => <TagsField id={id} run={run} isFixed={isFixed} />}</Written>
      <Written label={words.note}>
        {(id) => (
          <NoteField
            id={id}
            note={run.note}
            isFixed={isFixed}
            onWrite={(note) => app.setNote(run.id, note)}
          />
        )}
      </Written>
      <KeptViews run={run} isFixed={isFixed} />
      <dl>
        <Fact term={words.from}>{words.origin(run.origin, when)}</Fact>
        {way.length > 0 && (
          <Fact term={words.way}>
            {way.map((text) => (
              <span key={text}>{text}</span>
            ))}
          </Fact>
        )}
        {run.origin === 'here' && (
          <Fact term={words.moments}>
            {moments.length === 0
              ? words.noMoments
              : words.momentsText(
                  moments.map(({ step }) => integer(step)),
                  megabytes(bytesOf(moments)),
                )}
          </Fact>
        )}
        {run.provenance && <Fact term={words.computed}>{provenance.text(run.provenance)}</Fact>}
      </dl>
    </div>
  );
}

function Written({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="runs-written">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Kept when it is left, and by Enter. */
function TagsField({ id, run, isFixed }: { id: string; run: Run; isFixed: boolean }) {
  const app = useApp();
  const [written, setWritten] = useState<string | null>(null);
  const end = () => {
    if (written !== null) app.setTags(run.id, tagsIn(written));
    setWritten(null);
  };
  return (
    <input
      id={id}
      type="text"
      placeholder={words.tagsHint}
      disabled={isFixed}
      value={written ?? run.tags.join(', ')}
      onChange={({ target }) => setWritten(target.value)}
      onBlur={end}
      onKeyDown={({ key }) => {
        if (key === 'Enter') end();
        if (key === 'Escape') setWritten(null);
      }}
    />
  );
}

/** Kept with every letter: the page may be gone before it is left. */
function NoteField({
  id,
  note,
  isFixed,
  onWrite,
}: {
  id: string;
  note: string;
  isFixed: boolean;
  onWrite: (note: string) => void;
}) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <textarea
      id={id}
      rows={2}
      maxLength={MOST_NOTE}
      placeholder={words.noteHint}
      disabled={isFixed}
      value={written ?? note}
      onChange={({ target }) => {
        setWritten(target.value);
        onWrite(target.value);
      }}
      onBlur={() => setWritten(null)}
    />
  );
}

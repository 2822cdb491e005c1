import { saveRuns } from '../runs/codec/saveRuns.ts';
import { trainedHere } from '../runs/savedRuns.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { elsewhereNote, keepNote as words } from './enNotes.ts';

/** Whether what is on the page is being kept: said where it is not, with why, and what to do. Nothing before anything is trained. */
export function KeepNote() {
  const app = useApp();
  const keeping = useAppState((state) => state.keeping);
  const hasRuns = useAppState((state) => trainedHere(state).some(({ step }) => step > 0));
  if (!('fault' in keeping) || !hasRuns) return null;
  const { kind, detail } = keeping.fault;
  return (
    <section className="continue-offer" role="status" aria-labelledby="keep-note">
      <p>
        <b id="keep-note">{words.heading}.</b> {words.why[kind]} {words.safe} {words.next[kind]}
      </p>
      <p className="continue-offer-actions">
        <button type="button" className="button-small" onClick={(event) => saveRuns(app, 'json', event)}>
          {words.save}
        </button>
        {kind === 'full' && (
          <button type="button" className="link-button" onClick={() => app.showRuns('all')}>
            {words.room}
          </button>
        )}
      </p>
      {detail !== '' && (
        <details>
          <summary>{words.details}</summary>
          <p>{detail}</p>
        </details>
      )}
    </section>
  );
}

/** What another tab trains; nothing where none does. */
export function ElsewhereNote() {
  const elsewhere = useAppState((state) => state.elsewhere);
  const kept = useAppState((state) => state.archive.kept);
  const names = kept.filter(({ id }) => elsewhere.has(id)).map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <section className="continue-offer">
      <p>{elsewhereNote(names)}</p>
    </section>
  );
}

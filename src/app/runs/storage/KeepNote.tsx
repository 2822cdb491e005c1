import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { sentence } from '../../ui/format.ts';
import { saveRuns } from '../codec/saveRuns.ts';
import { trainedHere } from '../savedRuns.ts';
import { keepNote as words } from './enStorage.ts';

/** Says, wherever one is, that nothing is being kept, why, and what to do. Nothing while all is kept. */
export function KeepNote() {
  const app = useApp();
  const keeping = useAppState((state) => state.keeping);
  const hasRuns = useAppState((state) => trainedHere(state).some((run) => run.step > 0));
  if (keeping.kind !== 'off' && keeping.kind !== 'failing') return null;
  const { kind, detail } = keeping.fault;
  return (
    <section className="keep-note" role="alert">
      <p>
        <b>{words.heading}.</b> {words.why[kind]} {words.goesOn} {keeping.kind === 'failing' && words.again}
      </p>
      <p className="keep-note-actions">
        {hasRuns && (
          <button type="button" className="button-small" onClick={(event) => saveRuns(app, 'json', event)}>
            {words.export}
          </button>
        )}
        {kind === 'full' && (
          <button type="button" className="link-button" onClick={() => app.showRuns('all')}>
            {words.room}
          </button>
        )}
        {(kind === 'failed' || kind === 'denied') && detail !== '' && (
          <small>{words.said(sentence(detail))}</small>
        )}
      </p>
    </section>
  );
}

/** Says that kept runs cannot be read. Nothing where all can. */
export function UnreadableNote() {
  const count = useAppState((state) => state.unreadable);
  return count > 0 && <p className="note">{words.unreadable(count)}</p>;
}

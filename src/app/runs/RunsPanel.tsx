import type { ReactNode } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { integer } from '../ui/format.ts';
import { runs as words } from './enRuns.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { allRuns } from './allRuns.ts';
import { Dialog } from '../ui/Dialog.tsx';

/** The table is not needed before there is a run. */
const RunsTable = lazyPart('RunsTable', () =>
  import('./table/RunsTable.tsx').then((module) => module.RunsTable),
);

/** Every run of the page, below the charts; `recordings` lists those that come with it. */
export function RunsPanel({ recordings }: { recordings: ReactNode }) {
  const count = useAppState((state) => allRuns(state).length);
  const dropped = useAppState((state) => state.archive.dropped);
  return (
    <section className="runs" aria-labelledby="runs-heading">
      <details open>
        <summary>
          <h2 id="runs-heading">{words.heading}</h2>
          {count > 0 && <span className="runs-count">{integer(count)}</span>}
        </summary>
        {dropped > 0 && <p className="note">{words.dropped(dropped)}</p>}
        <DeletedNote />
        {count === 0 ? <p className="field-hint">{words.empty}</p> : <RunsTable />}
      </details>
      <RecordingsButton>{recordings}</RecordingsButton>
    </section>
  );
}

function RecordingsButton({ children }: { children: ReactNode }) {
  const app = useApp();
  const isOpen = useAppState((state) => state.showsRecordings);
  return (
    <>
      <button
        type="button"
        className="button-small runs-recorded"
        aria-haspopup="dialog"
        onClick={() => app.showRecordings(true)}
      >
        {words.recordings}
      </button>
      {isOpen && (
        <Dialog heading={words.recordings} className="exchange" onClose={() => app.showRecordings(false)}>
          {children}
        </Dialog>
      )}
    </>
  );
}

function DeletedNote() {
  const app = useApp();
  const count = useAppState((state) => state.deleted?.runs.length ?? 0);
  return (
    <p className="runs-deleted" role="status">
      {count > 0 && (
        <>
          {words.deleted(count)}{' '}
          <button type="button" className="link-button" onClick={() => app.undoDelete()}>
            {words.undo}
          </button>{' '}
          <button type="button" className="link-button" onClick={() => app.forgetDeleted()}>
            {words.dismiss}
          </button>
        </>
      )}
    </p>
  );
}

import { useState, type MouseEvent } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { saveRuns } from '../codec/saveRuns.ts';
import { runsTable as words } from './enRunsTable.ts';
import type { Run } from '../../state/run.ts';
import { tagsIn } from '../tags.ts';

interface Props {
  readonly runs: readonly Run[];
  readonly onShow: (ids: readonly string[]) => void;
  readonly onDone: () => void;
}

/** What can be done to the selected runs at once. */
export function RunsSelection({ runs, onShow, onDone }: Props) {
  const app = useApp();
  const [fault, setFault] = useState<string | null>(null);
  const ids = runs.map((run) => run.id);
  // As it is now: the table is drawn about once a second.
  const trains = useAppState(({ training }) =>
    training.runs.some(({ id, state }) => ids.includes(id) && state !== 'ended'),
  );
  if (runs.length === 0) return null;
  const save = (kind: 'csv' | 'json') => async (event: MouseEvent) => {
    try {
      saveRuns(app, kind, event, await app.withCurves(runs));
      setFault(null);
    } catch {
      setFault(words.notRead);
    }
  };
  return (
    <div
      className="runs-selection"
      role="group"
      data-focus-next=".runs-deleted button, .runs summary"
      aria-label={words.selected(runs.length)}
    >
      <span>{words.selected(runs.length)}</span>
      <button type="button" className="button-small" onClick={() => onShow(ids)}>
        {words.show}
      </button>
      <button type="button" className="button-small" onClick={() => app.setHidden(ids, true)}>
        {words.hide}
      </button>
      <button type="button" className="button-small" onClick={(event) => void save('csv')(event)}>
        {words.csv}
      </button>
      <button type="button" className="button-small" onClick={(event) => void save('json')(event)}>
        {words.json}
      </button>
      <button
        type="button"
        className="button-small"
        disabled={trains}
        title={trains ? words.trainsStill : undefined}
        onClick={() => {
          app.deleteRuns(ids);
          onDone();
        }}
      >
        {words.remove}
      </button>
      <AddTag runs={runs} />
      <span role="status">{fault}</span>
    </div>
  );
}

/** Gives all of them a tag. */
function AddTag({ runs }: { runs: readonly Run[] }) {
  const app = useApp();
  const [written, setWritten] = useState('');
  return (
    <form
      className="runs-add-tag"
      onSubmit={(event) => {
        event.preventDefault();
        app.addTags(
          runs.map(({ id }) => id),
          tagsIn(written),
        );
        setWritten('');
      }}
    >
      <input
        type="text"
        aria-label={words.addTag}
        placeholder={words.addTagHint}
        value={written}
        onChange={({ target }) => setWritten(target.value)}
      />
      <button type="submit" className="button-small" disabled={written.trim() === ''}>
        {words.addTag}
      </button>
    </form>
  );
}

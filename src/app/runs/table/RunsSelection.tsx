import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { saveRuns } from '../codec/saveRuns.ts';
import { runsTable as words } from './enRunsTable.ts';
import type { Run } from '../../state/run.ts';

/** What can be done to the selected runs at once. */
export function RunsSelection({ runs, onDone }: { runs: readonly Run[]; onDone: () => void }) {
  const app = useApp();
  const ids = runs.map((run) => run.id);
  // As it is now: the table is drawn about once a second.
  const trains = useAppState(({ training }) =>
    training.runs.some(({ id, state }) => ids.includes(id) && state !== 'ended'),
  );
  if (runs.length === 0) return null;
  return (
    <div
      className="runs-selection"
      role="group"
      data-focus-next=".runs-deleted button, .runs summary"
      aria-label={words.selected(runs.length)}
    >
      <span>{words.selected(runs.length)}</span>
      <button type="button" className="button-small" onClick={() => app.setHidden(ids, false)}>
        {words.show}
      </button>
      <button type="button" className="button-small" onClick={() => app.setHidden(ids, true)}>
        {words.hide}
      </button>
      <button type="button" className="button-small" onClick={(event) => saveRuns(app, 'csv', event, runs)}>
        {words.csv}
      </button>
      <button type="button" className="button-small" onClick={(event) => saveRuns(app, 'json', event, runs)}>
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
    </div>
  );
}

import type { MouseEvent } from 'react';
import { useApp } from '../AppContext.ts';
import { appBuild } from '../export/appBuild.ts';
import { runsToCsv } from '../export/runsCsv.ts';
import { runsToJson } from '../export/runsJson.ts';
import { momentOf, saveFile } from '../export/saveFile.ts';
import { keeping } from '../messages/enExport.ts';
import { runsTable as words } from '../messages/enRunsTable.ts';
import type { Run } from '../store/run.ts';

/** What can be done to the selected runs at once. */
export function RunsSelection({ runs, onDone }: { runs: readonly Run[]; onDone: () => void }) {
  const app = useApp();
  const ids = runs.map((run) => run.id);
  const trains = runs.some((run) => run.state !== 'ended');
  const saveJson = (event: MouseEvent) => {
    const { device } = app.store.getState();
    const choice = device.kind === 'found' ? device.choice : null;
    const whole = { exported: momentOf(event), app: appBuild, device: choice, experiment: null, runs };
    saveFile(runsToJson(whole), 'application/json', keeping.file.json);
  };
  if (runs.length === 0) return null;
  return (
    <div className="runs-selection" role="group" aria-label={words.selected(runs.length)}>
      <span>{words.selected(runs.length)}</span>
      <button type="button" className="button-small" onClick={() => app.setHidden(ids, false)}>
        {words.show}
      </button>
      <button type="button" className="button-small" onClick={() => app.setHidden(ids, true)}>
        {words.hide}
      </button>
      <button
        type="button"
        className="button-small"
        onClick={() => saveFile(runsToCsv(runs), 'text/csv', keeping.file.csv)}
      >
        {words.csv}
      </button>
      <button type="button" className="button-small" onClick={saveJson}>
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

import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { saveRuns } from './codec/saveRuns.ts';
import { parts as words } from '../ui/parts/enParts.ts';
import { useOutdated } from '../ui/parts/pageAge.ts';
import { hasUnsaved } from './savedRuns.ts';
import type { AppState } from '../state/AppState.ts';

const selectFailure = ({ training, device }: AppState) =>
  training.failure ??
  training.runs.find((run) => run.end?.failure)?.end?.failure ??
  (device.kind === 'failed' ? device.failure : null);

/** Where training failed because the server has another version of the page by now: no other remedy helps. */
export function VersionNote() {
  const app = useApp();
  const failure = useAppState(selectFailure);
  const isUnsaved = useAppState(hasUnsaved);
  if (!useOutdated(failure)) return null;
  return (
    <div className="part-failure" role="alert">
      <p>{words.why.old()}</p>
      <p className="part-failure-actions">
        {isUnsaved && (
          <button type="button" className="button-small" onClick={(event) => saveRuns(app, 'json', event)}>
            {words.save}
          </button>
        )}
        <button type="button" className="button-small" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </p>
    </div>
  );
}

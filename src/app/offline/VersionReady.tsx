import { useContext, useSyncExternalStore } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { newVersion as words } from './enNewVersion.ts';
import { OfflineContext } from './OfflineContext.ts';
import type { PageWorker } from './pageWorker.ts';

/** Says that a new version of the page is ready, and takes it when a person asks for it and nothing trains. */
export function VersionReady() {
  const offline = useContext(OfflineContext);
  return offline && <VersionReadyOf worker={offline.worker} />;
}

function VersionReadyOf({ worker }: { worker: PageWorker }) {
  const { newVersion } = useSyncExternalStore(worker.subscribe, worker.state);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  return (
    <div role="status">
      {newVersion && (
        <p className="version-ready">
          {words.ready}{' '}
          {live ? (
            words.whileTraining
          ) : (
            <button type="button" className="button-small" onClick={() => void worker.loadAgain()}>
              {words.take}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

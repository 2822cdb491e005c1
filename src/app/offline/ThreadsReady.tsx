import { useContext, useSyncExternalStore } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import type { AppState } from '../state/AppState.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { threads as words } from './enOffline.ts';
import { OfflineContext } from './OfflineContext.ts';
import type { PageWorker } from './pageWorker.ts';

/** Where threads are barred because the server does not isolate the page: says that they come with the next load. */
export function ThreadsReady() {
  const offline = useContext(OfflineContext);
  return offline && <ThreadsReadyOf worker={offline.worker} />;
}

const wantsThreads = ({ device }: AppState) =>
  device.kind === 'found' && device.choice.threadsBarred === 'not-isolated';

function ThreadsReadyOf({ worker }: { worker: PageWorker }) {
  const { isolates } = useSyncExternalStore(worker.subscribe, worker.state);
  const wants = useAppState(wantsThreads);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  if (!isolates || !wants) return null;
  return (
    <p className="threads-ready">
      {words.ready}{' '}
      {!live && (
        <button type="button" className="button-small" onClick={() => void worker.loadAgain()}>
          {words.take}
        </button>
      )}
    </p>
  );
}

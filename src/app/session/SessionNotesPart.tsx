import { useMemo } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import type { Run } from '../state/run.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';

const SessionNotes = lazyPart('SessionNotes', () =>
  import('./SessionNotes.tsx').then((module) => module.SessionNotes),
);

/** Whether one of them is over otherwise than it was meant to be. */
const brokeOff = (runs: readonly Run[]): boolean =>
  runs.some(({ end }) => end !== null && end.reason !== 'completed' && end.reason !== 'stopped');

/** Comes where there may be something to say; most pages are left without. */
export function SessionNotesPart() {
  const hasFault = useAppState(
    ({ device, keeping, training, elsewhere }) =>
      device.kind === 'failed' || 'fault' in keeping || training.failure !== null || elsewhere.size > 0,
  );
  const runs = useAppState((state) => state.training.runs);
  const kept = useAppState((state) => state.archive.kept);
  const library = useAppState((state) => state.library);
  const areAsideBroken = useMemo(() => brokeOff(kept) || brokeOff(library), [kept, library]);
  return hasFault || areAsideBroken || brokeOff(runs) ? <SessionNotes /> : null;
}

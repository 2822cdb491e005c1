import { RunsPanel } from '../runs/RunsPanel.tsx';
import type { GoesOnFrom } from '../runs/table/tableContext.ts';
import { ExchangeButton } from '../exchange/ExchangeButton.tsx';
import { useRecordedCount } from '../exchange/recordings/useRecordedCount.ts';
import { canGoOn, lastMoment } from '../session/goingOn.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';

const RecordingsList = lazyPart('RecordingsList', () =>
  import('../exchange/recordings/RecordingsList.tsx').then((module) => module.RecordingsList),
);

const goesOnFrom: GoesOnFrom = (state, run) =>
  canGoOn(state, run) ? (lastMoment(state, run)?.step ?? 0) : null;

/** All runs: those of this page, out of files, and recorded. */
export function RunsPlace() {
  const recordedCount = useRecordedCount();
  return (
    <RunsPanel
      recordings={<RecordingsList />}
      recordedCount={recordedCount}
      exchange={<ExchangeButton />}
      goesOnFrom={goesOnFrom}
    />
  );
}

import { RunsPanel } from '../runs/RunsPanel.tsx';
import { ExchangeButton } from '../exchange/ExchangeButton.tsx';
import { useRecordedCount } from '../exchange/recordings/useRecordedCount.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';

const RecordingsList = lazyPart('RecordingsList', () =>
  import('../exchange/recordings/RecordingsList.tsx').then((module) => module.RecordingsList),
);

/** All runs: those of this page, out of files, and recorded. */
export function RunsPlace() {
  const recordedCount = useRecordedCount();
  return (
    <RunsPanel recordings={<RecordingsList />} recordedCount={recordedCount} exchange={<ExchangeButton />} />
  );
}

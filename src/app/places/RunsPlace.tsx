import { RunsPanel } from '../runs/RunsPanel.tsx';
import { ExchangeButton } from '../exchange/ExchangeButton.tsx';
import { RecordingsList } from '../exchange/recordings/RecordingsList.tsx';

/** All runs: those of this page, out of files, and recorded. */
export function RunsPlace() {
  return <RunsPanel recordings={<RecordingsList />} exchange={<ExchangeButton />} />;
}

import { RunsPanel } from '../runs/RunsPanel.tsx';
import { ExchangeButton } from '../exchange/ExchangeButton.tsx';
import { lazyPart } from '../ui/parts/lazyPart.tsx';

const RecordingsList = lazyPart('RecordingsList', () =>
  import('../exchange/recordings/RecordingsList.tsx').then((module) => module.RecordingsList),
);

/** All runs: those of this page, out of files, and recorded. */
export function RunsPlace() {
  return <RunsPanel recordings={<RecordingsList />} exchange={<ExchangeButton />} />;
}

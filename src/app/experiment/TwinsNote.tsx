import { recordedPresets } from '../../model/recordedPresets.ts';
import { WatchRecorded } from '../runs/WatchRecorded.tsx';
import { roughDuration } from './costFormats.ts';
import { experiment as words } from './enExperiment.ts';
import { useTwinsForecast } from './useTwinsForecast.ts';

/** Beside what adds twins: how long that takes here, where it is probably too short for what it is to show. Nothing where it is not. */
export function TwinsNote() {
  const forecast = useTwinsForecast();
  if (!forecast) return null;
  const { preset, seconds } = forecast;
  return (
    <p className="note too-small">
      {words.tooSmall(seconds === null ? null : roughDuration(seconds))}{' '}
      {preset !== null && recordedPresets.has(preset) && <WatchRecorded preset={preset} />}
    </p>
  );
}

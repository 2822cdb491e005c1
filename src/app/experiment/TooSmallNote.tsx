import { useMemo } from 'react';
import { claimComesOut, leastForTheClaim } from '../../model/fit.ts';
import { recordedPresets } from '../../model/recordedPresets.ts';
import { measuredSizes } from '../../model/presetSizes.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { WatchRecorded } from '../runs/WatchRecorded.tsx';
import { isAlike, roughDuration, wholeTime } from './costFormats.ts';
import { experiment as words } from './enExperiment.ts';
import type { ExperimentFacts } from './useExperiment.ts';

/** Before it starts: that a preset is smaller than any size at which its claim came out, and what would show it. Nothing else. */
export function TooSmallNote({ facts: { experiment, preset, cost } }: { facts: ExperimentFacts }) {
  const app = useApp();
  const speed = useAppState((state) => state.speed);
  const isWatching = useAppState((state) => state.watching.state === 'here');
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const isTooSmall = useMemo(() => claimComesOut(experiment) === false, [experiment]);
  const least = useMemo(() => {
    if (!isTooSmall || !preset || speed.kind !== 'measured') return null;
    return leastForTheClaim(preset, speed.speed, measuredSizes(preset.id), experiment);
  }, [isTooSmall, preset, speed, experiment]);
  if (!isTooSmall || !preset || live) return null;
  const seconds = cost?.seconds ?? null;
  return (
    <p className="note too-small">
      {words.tooSmall(seconds === null ? null : roughDuration(seconds))}{' '}
      {least && (
        <button
          type="button"
          className="button-small"
          onClick={() => app.replaceExperiment(least.experiment, least.cost.seconds)}
        >
          {seconds !== null && isAlike(least.cost.seconds, seconds)
            ? words.takeSize
            : seconds !== null && least.cost.seconds < seconds
              ? words.takeSizeOf(wholeTime(least.cost.seconds))
              : words.takeTime(wholeTime(least.cost.seconds))}
        </button>
      )}{' '}
      {recordedPresets.has(preset.id) && !isWatching && <WatchRecorded preset={preset.id} />}
    </p>
  );
}

import { recordedPresets } from '../../model/recordedPresets.ts';
import { shorterForm, WORTH } from '../../model/fit.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { WatchRecorded } from '../runs/WatchRecorded.tsx';
import { isLive, phaseOf } from '../state/training.ts';
import { timeBeside, wholeTime } from './costFormats.ts';
import { experiment as words } from './enExperiment.ts';
import { useExperiment, type ExperimentFacts } from './useExperiment.ts';
import { useExperimentTime } from './useExperimentTime.ts';

/** "3 minutes instead of 14", where the experiment takes much longer than it was meant to. Nothing else. */
export function ShorterOffer() {
  const facts = useExperiment();
  return facts && <Offer facts={facts} />;
}

function Offer({ facts }: { facts: ExperimentFacts }) {
  const app = useApp();
  const meant = useAppState((state) => state.meant);
  const speed = useAppState((state) => state.speed);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const { seconds, own } = useExperimentTime(facts);
  if (seconds === null || speed.kind !== 'measured' || own?.isOver || (live && !own)) return null;
  const shorter = shorterForm(facts.experiment, seconds, meant, speed.speed);
  if (!shorter) return null;
  if (shorter.kind === 'none') {
    const isRecorded = facts.preset !== null && recordedPresets.has(facts.preset.id);
    return (
      <span className="shorter">
        {words.noShorter(wholeTime(seconds))} {isRecorded && <WatchRecorded preset={facts.preset.id} />}
      </span>
    );
  }
  const { experiment, cost } = shorter.fit;
  // Near its end, to begin anew takes longer.
  if (live && own && own.left < cost.seconds / WORTH) return null;
  return (
    <span className="shorter" data-focus-next=".button-main">
      <button
        type="button"
        className="button-small"
        title={live ? words.stopForShorterHint : words.shorterHint}
        onClick={() => {
          if (live) void app.stopAndTrain(experiment);
          else app.replaceExperiment(experiment, Math.max(meant, cost.seconds));
        }}
      >
        {words[live ? 'stopForShorter' : 'shorter'](
          wholeTime(cost.seconds),
          timeBeside(seconds, cost.seconds),
        )}
      </button>
    </span>
  );
}

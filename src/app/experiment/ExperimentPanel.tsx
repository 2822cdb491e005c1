import { useState } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { claims, experiment as words, memory, stepTime } from './enExperiment.ts';
import { compact } from '../ui/format.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { isLive, phaseOf } from '../state/training.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { CopyLink } from './link/CopyLink.tsx';
import { LinkFaultNote } from './link/LinkFaultNote.tsx';
import { ShorterOffer } from './ShorterOffer.tsx';
import { TooSmallNote } from './TooSmallNote.tsx';
import { useExperimentTime } from './useExperimentTime.ts';
import { useExperiment, useMemoryFacts, useStartingLanes, type ExperimentFacts } from './useExperiment.ts';
import { useWeightHashes } from './useWeightHashes.ts';

const PresetChooser = lazyPart('PresetChooser', () =>
  import('./presets/PresetChooser.tsx').then((module) => module.PresetChooser),
);
const ExperimentDetails = lazyPart('ExperimentDetails', () =>
  import('./ExperimentDetails.tsx').then((module) => module.ExperimentDetails),
);

/** Seconds beyond which an experiment is long. */
const LONG = 3600;

/** What the experiment claims, what it will cost, and the way to others. */
export function ExperimentPanel() {
  const app = useApp();
  const facts = useExperiment();
  const canUndo = useAppState((state) => state.replaced.length > 0);
  const locked = useAppState((state) => isLive(phaseOf(state.training)));
  const [chooses, setChooses] = useState(false);
  const [shows, setShows] = useState(false);

  return (
    <section className="experiment" aria-labelledby="experiment-heading">
      <LinkFaultNote />
      <h2 id="experiment-heading">{words.heading}</h2>
      <div className="experiment-head">
        <p className="experiment-claim">{facts?.preset ? claims[facts.preset.id] : words.own}</p>
        <div className="experiment-actions">
          <button type="button" aria-haspopup="dialog" onClick={() => setChooses(true)}>
            {words.choose}
          </button>
          {canUndo && (
            <button type="button" title={words.undoHint} disabled={locked} onClick={() => app.undoReplace()}>
              {words.undo}
            </button>
          )}
          <button
            type="button"
            aria-expanded={shows}
            aria-controls={shows ? 'experiment-details' : undefined}
            onClick={() => setShows(!shows)}
          >
            {words.details}
          </button>
          <CopyLink sound={facts !== null} />
        </div>
      </div>
      {facts && <Costs facts={facts} />}
      {facts && <SameWeights facts={facts} />}
      {shows && facts && (
        <div id="experiment-details">
          <ExperimentDetails facts={facts} />
        </div>
      )}
      {chooses && (
        <Dialog heading={words.chooseHeading} className="presets" onClose={() => setChooses(false)}>
          <PresetChooser onChosen={() => setChooses(false)} />
        </Dialog>
      )}
    </section>
  );
}

/** Time, memory and size of all lanes together, and a warning where one of them is beyond what is usual. */
function Costs({ facts }: { facts: ExperimentFacts }) {
  const { experiment, names, cost, sizes } = facts;
  const speed = useAppState((state) => state.speed.kind);
  const bytes = sizes.map((size) => size.bytes);
  const { unfit, isTight } = useMemoryFacts(experiment);
  const atOnce = useStartingLanes(bytes);
  const { seconds, stepSeconds, own } = useExperimentTime(facts);
  const isLiveNow = useAppState((state) => isLive(phaseOf(state.training)));
  // While it trains nothing is measured beside it: its own first steps will tell.
  const unknown = isLiveNow ? words.soon : speed === 'failed' ? words.unmeasured : words.measuring;
  const time = seconds === null ? unknown : own?.isOver ? words.took(seconds) : words.about(seconds);
  const sum = (key: 'bytes' | 'parameters' | 'multiplyAdds') =>
    sizes.reduce((total, size) => total + size[key], 0);
  return (
    <>
      <dl className="costs" title={own ? words.ownHint : cost ? words.secondsHint(cost) : undefined}>
        <Fact name={words.time} value={time} />
        <Fact name={words.step} value={stepSeconds === null ? unknown : stepTime(stepSeconds)} />
        <Fact name={words.memory} value={memory(sum('bytes'))} />
        <Fact name={words.parameters} value={compact(sum('parameters'))} />
        <Fact name={words.multiplyAdds} value={compact(sum('multiplyAdds'))} />
      </dl>
      <ShorterOffer />
      <TooSmallNote facts={facts} />
      {atOnce !== null && atOnce < bytes.length && (
        <p className="note">{words.queued(atOnce, bytes.length)}</p>
      )}
      {seconds !== null && seconds > LONG && !own?.isOver && <p className="warning">{words.long(seconds)}</p>}
      {unfit.map((one) => (
        <p key={one.lane} className="warning">
          {words.unfit(names[experiment.lanes.findIndex(({ id }) => id === one.lane)] ?? one.lane, one)}
        </p>
      ))}
      {unfit.length === 0 && isTight && <p className="warning">{words.tight}</p>}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Says which lanes begin with the same weights, if any do. */
function SameWeights({ facts: { experiment, names } }: { facts: ExperimentFacts }) {
  const hashes = useWeightHashes(experiment);
  const shared = [...new Set(hashes)].filter(
    (hash) => hash !== null && hashes.indexOf(hash) !== hashes.lastIndexOf(hash),
  );
  if (shared.length === 0) return null;
  return (
    <p className="same-weights">
      {shared
        .map((hash) =>
          words.sameWeights(
            names.filter((_, i) => hashes[i] === hash),
            hash ?? '',
          ),
        )
        .join(' ')}
    </p>
  );
}

import { useAppState } from '../state/hooks/AppContext.ts';
import type { Cost } from '../../model/cost.ts';
import { memory, roughDuration, stepTime } from './costFormats.ts';
import { experiment as words } from './enExperiment.ts';
import { compact, roughRange } from '../ui/format.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { isLive, phaseOf } from '../state/training.ts';
import type { TermId } from '../ui/glossary/enGlossary.ts';
import { Term } from '../ui/glossary/Term.tsx';
import { useExperimentTime } from './useExperimentTime.ts';
import { RecomputeOffer } from './RecomputeOffer.tsx';
import { useExperiment, useMemoryFacts, useStartingLanes, type ExperimentFacts } from './useExperiment.ts';
import { useSteady } from './useSteady.ts';
import { useWeightHashes } from './useWeightHashes.ts';

const ExperimentDetails = lazyPart('ExperimentDetails', () =>
  import('./ExperimentDetails.tsx').then((module) => module.ExperimentDetails),
);

/** Seconds beyond which an experiment is long. */
const LONG = 3600;

/** What the experiment will cost, and what to beware of. */
export function ExperimentCosts() {
  const facts = useExperiment();
  return facts && <Costs facts={facts} />;
}

/** Where everything is shown: which lanes begin alike, and what each of them takes. */
export function ExperimentInFull() {
  const facts = useExperiment();
  const density = useAppState((state) => state.view.density);
  if (!facts || density !== 'full') return null;
  return (
    <section className="experiment" aria-label={words.costs}>
      <SameWeights facts={facts} />
      <ExperimentDetails facts={facts} />
    </section>
  );
}

/** Time, memory and size of all lanes together, and a warning where one of them is beyond what is usual. */
function Costs({ facts }: { facts: ExperimentFacts }) {
  const { experiment, names, cost, sizes } = facts;
  const isFull = useAppState((state) => state.view.density === 'full');
  const speed = useAppState((state) => state.speed.kind);
  const bytes = sizes.map((size) => size.bytes);
  const { unfit, isTight, recomputedBytes } = useMemoryFacts(experiment);
  const atOnce = useStartingLanes(bytes);
  const { seconds, stepSeconds, own } = useExperimentTime(facts);
  const isLiveNow = useAppState((state) => isLive(phaseOf(state.training)));
  // While it trains nothing is measured beside it: its own first steps will tell.
  const unknown = isLiveNow ? words.soon : speed === 'failed' ? words.unmeasured : words.measuring;
  const steady = useSteady(seconds);
  const time =
    seconds === null || steady === null
      ? unknown
      : own?.isOver
        ? words.took(roughDuration(seconds))
        : own
          ? roughRange(steady)
          : words.about(roughDuration(steady));
  const sum = (key: 'bytes' | 'parameters' | 'multiplyAdds') =>
    sizes.reduce((total, size) => total + size[key], 0);
  return (
    <>
      <dl className="costs" title={own ? words.ownHint : cost ? costHint(cost) : undefined}>
        <Fact name={words.time} value={time} />
        <Fact name={words.memory} value={memory(sum('bytes'))} />
        {isFull && (
          <>
            <Fact
              name={words.step}
              term="step"
              value={stepSeconds === null ? unknown : stepTime(stepSeconds)}
            />
            <Fact name={words.parameters} term="parameters" value={compact(sum('parameters'))} />
            <Fact name={words.multiplyAdds} term="multiplyAdds" value={compact(sum('multiplyAdds'))} />
          </>
        )}
      </dl>
      {atOnce !== null && atOnce < bytes.length && (
        <p className="note">{words.queued(atOnce, bytes.length)}</p>
      )}
      {seconds !== null && seconds > LONG && !own?.isOver && (
        <p className="warning">{words.long(roughDuration(seconds))}</p>
      )}
      {unfit.map((one) => (
        <p key={one.lane} className="warning">
          {words.unfit(
            names[experiment.lanes.findIndex(({ id }) => id === one.lane)] ?? one.lane,
            one,
            memory(one.bytes),
            memory(one.most),
          )}
        </p>
      ))}
      {unfit.length === 0 && isTight && (
        <p className="warning">
          {words.tight} {/* Of what cannot be held at all it is offered beside Train. */}
          {recomputedBytes !== null && !isLiveNow && (
            <RecomputeOffer experiment={experiment} bytes={recomputedBytes} />
          )}
        </p>
      )}
    </>
  );
}

const costHint = (cost: Cost) =>
  words.secondsHint(
    cost,
    stepTime(cost.stepSeconds),
    roughDuration(cost.evaluationSeconds + cost.finalSeconds),
  );

function Fact({ name, term, value }: { name: string; term?: TermId; value: string }) {
  return (
    <div>
      <dt>{term ? <Term id={term}>{name}</Term> : name}</dt>
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

import { isResidual } from '../../model/depths.ts';
import { Fragment, useMemo } from 'react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { compareSeeds, type SeededNet } from '../../insights/seedVerdict.ts';
import { compareLanes, type ComparedLane, type Comparisons } from '../../insights/verdict.ts';
import { runs as runWords } from '../runs/enRuns.ts';
import {
  seedVerdictText,
  silenceText,
  verdictText,
  waitingForVerdict,
  type NamedComparisons,
  type Part,
} from './enVerdict.ts';
import { allRuns } from '../runs/allRuns.ts';
import type { Run } from '../state/run.ts';
import { seededNets } from './seededNets.ts';
import { sameItems } from '../state/sameItems.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { laneTextColor } from '../ui/Marker.tsx';
import type { AppState } from '../state/AppState.ts';

const selectRuns = (state: AppState) => state.training.runs;

/**
 * The verdict in words. Its numbers change every 25 steps at most (src/insights/verdict.ts), so a screen reader is told
 * of it rarely; milestones are told apart from it (session/Milestones.tsx).
 */
export function VerdictPanel() {
  const runs = useSlowAppState(selectRuns, 500);
  const phase = useAppState((state) => phaseOf(state.training));
  const all = useSlowAppState(allRuns, 500, { isSame: sameItems });
  // While nets train, the verdict is about what is seen to train.
  const seeded = useMemo(() => (isLive(phase) ? [] : seededNets(all, runs)), [all, runs, phase]);
  const { claims, silence } = useMemo(
    () => (seeded.length > 1 ? ofSeeds(seeded, all) : ofLanes(runs)),
    [runs, seeded, all],
  );
  // Room is kept for what may be said of these lanes, so that the charts stay where they are.
  const kinds = useAppState((state) => new Set(state.draft.lanes.map((lane) => isResidual(lane.block))).size);
  const [headline, ...more] = claims;
  const waiting =
    phase === 'idle'
      ? { text: waitingForVerdict.before, rule: waitingForVerdict.rule }
      : phase !== 'ended'
        ? { text: waitingForVerdict.during, rule: waitingForVerdict.rule }
        : silence;
  return (
    <div className="verdict" data-kinds={phase === 'idle' ? 0 : kinds}>
      <div role="status" aria-label={waitingForVerdict.label} data-has-verdict={headline !== undefined}>
        {headline && (
          <>
            <p className="verdict-headline">
              <Parts parts={headline.parts} />
            </p>
            <p className="verdict-caveat">{headline.caveat}</p>
          </>
        )}
        {more.map(({ parts, caveat }, i) => (
          <Fragment key={i}>
            <p className="verdict-more">
              <Parts parts={parts} />
            </p>
            <p className="verdict-caveat">{caveat}</p>
          </Fragment>
        ))}
      </div>
      {!headline && (
        <>
          <p className="verdict-waiting">{waiting.text}</p>
          {waiting.rule !== null && <p className="verdict-rule">{waiting.rule}</p>}
        </>
      )}
      <Seeds />
    </div>
  );
}

function ofLanes(runs: readonly Run[]) {
  const lanes = runs.flatMap(({ lane, config, error, state }): readonly ComparedLane[] => {
    if (!config) return [];
    const { model, optimizer } = config;
    return [{ id: lane, model, optimizer, error: error.values, ended: state === 'ended' }];
  });
  const found = compareLanes(lanes);
  const name = ({ id }: ComparedLane) => runs.find((run) => run.lane === id)?.name ?? id;
  return { claims: verdictText(found.claims, runs), silence: silenceText(named(found, name)) };
}

function ofSeeds(nets: readonly SeededNet[], runs: readonly Run[]) {
  const found = compareSeeds(nets);
  const name = ({ id }: SeededNet) => runs.find((run) => run.id === id)?.name ?? id;
  const seeds = Math.min(...nets.map((net) => net.runs.size));
  return {
    claims: seedVerdictText(found.claims, runs),
    silence: silenceText(named(found, name), seeds),
  };
}

const named = <L,>(
  { silent, alone }: Comparisons<L, unknown>,
  name: (net: L) => string,
): NamedComparisons => ({
  silent: silent.map(({ pair: [a, b], why }) => ({ pair: [name(a), name(b)], why })),
  alone: alone.map(({ net, why }) => ({ net: name(net), why })),
});

/** One seed is one seed: the way to another. */
function Seeds() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const left = useAppState((state) => state.training.repeats);
  const hint = runWords.seeds.hint;
  if (left > 0) return <p className="verdict-caveat">{runWords.seeds.left(left)}</p>;
  if (phase !== 'ended') return null;
  return (
    <p className="verdict-seeds">
      <button type="button" className="button-small" title={hint} onClick={() => void app.trainNextSeeds(1)}>
        {runWords.seeds.next}
      </button>{' '}
      <button type="button" className="button-small" title={hint} onClick={() => void app.trainNextSeeds(2)}>
        {runWords.seeds.several}
      </button>
    </p>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, i) => {
    if (typeof part === 'string') return part;
    if ('name' in part) {
      return (
        <span key={i} className="lane-name">
          {part.name}
        </span>
      );
    }
    if ('stress' in part) return <em key={i}>{part.stress}</em>;
    return (
      <strong key={i} style={{ color: laneTextColor(part.run.style) }}>
        {part.number}
      </strong>
    );
  });
}

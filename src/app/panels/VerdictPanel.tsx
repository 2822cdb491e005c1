import { useMemo } from 'react';
import { useApp, useAppState, useSlowAppState } from '../AppContext.ts';
import { seedVerdict } from '../../insights/seedVerdict.ts';
import { verdict, WINDOW } from '../../insights/verdict.ts';
import { milestone as milestoneText } from '../messages/en.ts';
import { runs as runWords } from '../messages/enRuns.ts';
import { seedVerdictText, verdictText, waitingForVerdict, type Part } from '../messages/enVerdict.ts';
import { allRuns } from '../store/allRuns.ts';
import type { AppState } from '../store/appStore.ts';
import { seededNets } from '../store/seededNets.ts';
import { isLive, phaseOf } from '../store/training.ts';
import { laneTextColor } from '../ui/Marker.tsx';

const selectRuns = (state: AppState) => state.training.runs;

/**
 * The verdict in words. Its numbers change every 25 steps at most (src/insights/verdict.ts), so a screen reader is told
 * of it rarely; milestones are told apart from it.
 */
export function VerdictPanel() {
  const runs = useSlowAppState(selectRuns, 500);
  const phase = useAppState((state) => phaseOf(state.training));
  const milestone = useAppState((state) => state.training.milestone);
  const all = useSlowAppState(allRuns, 500);
  // While nets train, the verdict is about what is seen to train.
  const seeded = useMemo(() => (isLive(phase) ? [] : seededNets(all, runs)), [all, runs, phase]);
  const text = useMemo(() => {
    if (seeded.length > 1) return seedVerdictText(seedVerdict(seeded), all);
    const lanes = runs.flatMap(({ lane, config, error, state }) =>
      config ? [{ id: lane, model: config.model, error: error.values, ended: state === 'ended' }] : [],
    );
    return verdictText(verdict(lanes), runs);
  }, [runs, seeded, all]);
  // Room is kept for what may be said of these lanes, so that the charts stay where they are.
  const kinds = useAppState((state) => new Set(state.draft.lanes.map((lane) => lane.block === 'plain')).size);
  const isShort = runs.filter((run) => run.step >= WINDOW).length < 2;
  const waiting = phase === 'idle' ? 'before' : phase !== 'ended' ? 'during' : isShort ? 'short' : 'after';
  return (
    <div className="verdict" data-kinds={phase === 'idle' ? 0 : kinds}>
      <div role="status" aria-label={waitingForVerdict.label} data-has-verdict={text !== null}>
        {text && (
          <>
            <p className="verdict-headline">
              <Parts parts={text.headline} />
            </p>
            {text.more.length > 0 && (
              <p className="verdict-more">
                {text.more.map((parts, i) => (
                  <span key={i}>
                    <Parts parts={parts} />{' '}
                  </span>
                ))}
              </p>
            )}
            <p className="verdict-caveat">{text.caveat}</p>
          </>
        )}
      </div>
      {!text && (
        <>
          <p className="verdict-waiting">
            {seeded.length > 1
              ? waitingForVerdict.afterSeeds(Math.min(...seeded.map((net) => net.runs.size)))
              : waitingForVerdict[waiting]}
          </p>
          <p className="verdict-caveat">
            {seeded.length > 1 ? waitingForVerdict.seedsRule : waitingForVerdict.rule}
          </p>
        </>
      )}
      <Seeds />
      <p className="visually-hidden" aria-live="polite">
        {milestone && milestoneText(milestone)}
      </p>
    </div>
  );
}

/** One seed is one seed: the way to another. */
function Seeds() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const left = useAppState((state) => state.repeats);
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

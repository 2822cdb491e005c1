import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { sessionBar as words, starting } from './enSession.ts';
import { furthestBehind, spentShare, totalSteps } from '../runs/progress.ts';
import { runStates } from '../runs/enRunStates.ts';
import { isLive, milestonesOf, phaseOf } from '../state/training.ts';
import { laneColor } from '../ui/Marker.tsx';
import { usePause } from './usePause.ts';
import type { AppState } from '../state/AppState.ts';

const selectRuns = (state: AppState) => state.training.runs;

/** What trains, wherever one is: the lane that is furthest behind, and Pause. Nothing while nothing trains. */
export function SessionBar() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const runs = useSlowAppState(selectRuns, 500, { urgentKey: milestonesOf });
  const pause = usePause();
  const alive = runs.filter((run) => run.state !== 'ended');
  const [first, ...others] = alive;
  if (!isLive(phase) || !first) return null;
  const slowest = furthestBehind([first, ...others]);
  return (
    <section className="session-bar" aria-label={words.label}>
      <button type="button" className="session-bar-run" onClick={() => app.goTo('lab')}>
        <b>{slowest.name}</b>{' '}
        {slowest.step === 0 ? starting : runStates.step(slowest.step, totalSteps(slowest.config))}
        {alive.length > 1 && <span className="session-bar-more"> {words.more(alive.length - 1)}</span>}
      </button>
      <button type="button" className="button-small" aria-disabled={pause.isIdle} onClick={pause.press}>
        {pause.label}
      </button>
      <div className="session-bar-ribbon" aria-hidden="true">
        <div style={{ width: `${100 * spentShare(slowest)}%`, background: laneColor(slowest.style) }} />
      </div>
    </section>
  );
}

import { useApp, useSlowAppState } from '../state/hooks/AppContext.ts';
import { furthestBehind, totalSteps } from '../runs/progress.ts';
import type { AppState } from '../state/AppState.ts';
import { phaseOf } from '../state/training.ts';
import { trainsNow as words } from './enStart.ts';

const selectTraining = (state: AppState) => state.training;

/** In place of the answers while something trains: what, how far it is, and the way there. */
export function TrainsNow() {
  const { goTo } = useApp();
  const training = useSlowAppState(selectTraining, 500);
  const [first, ...others] = training.runs.filter(({ state }) => state !== 'ended');
  if (!first) return null;
  const run = furthestBehind([first, ...others]);
  const phase = phaseOf(training);
  const state = phase === 'running' || phase === 'paused' ? phase : 'starting';
  return (
    <div className="start-now">
      <p>{words.text(run.name, run.step, totalSteps(run.config), state)}</p>
      <button type="button" className="button-main" onClick={() => goTo('lab')}>
        {words.look}
      </button>
    </div>
  );
}

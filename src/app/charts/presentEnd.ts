/** How far the present experiment reaches, where longer curves lie behind it. */
import { curveSources } from './sources/curveSources.ts';
import { totalSteps } from '../runs/progress.ts';
import type { Run } from '../state/run.ts';
import type { AppState } from '../state/AppState.ts';

/** Shorter than this share of the axis, it is hard to see. */
const SMALL = 0.6;

/** Its last place on the axis of the charts: of its budget if that counts steps. Null if nothing longer is drawn. */
export function presentEnd(state: AppState): number | null {
  const { training, view } = state;
  const { experiment } = training;
  const lastOf = (run: Run): number => {
    switch (view.x) {
      case 'step':
        return run.step;
      case 'epoch':
        return run.epoch.last ?? 0;
      case 'training':
        return run.trainingSeconds.last ?? 0;
      case 'wall':
        return run.wallSeconds.last ?? 0;
    }
  };
  const reached = Math.max(0, ...training.runs.map(lastOf));
  const budget = view.x === 'step' && experiment ? (totalSteps(experiment.recipe) ?? 0) : 0;
  const end = Math.max(reached, budget);
  const behind = curveSources(state).flatMap(({ faint, runs }) => (faint ? runs.map(lastOf) : []));
  return reached > 0 && end < SMALL * Math.max(0, ...behind) ? end : null;
}

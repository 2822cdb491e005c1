/** Repeats an experiment with the seeds that follow, one after the other. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentConfig } from '../../model/config.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { AppState } from '../state/AppState.ts';

/** Starts the next repetition when one is over. One that was stopped, or failed, ends the series. */
export function repeatSeeds(
  store: StoreApi<AppState>,
  start: (experiment: ExperimentConfig, repeats: number) => Promise<void>,
): void {
  store.subscribe(({ training }, before) => {
    const { repeats, experiment } = training;
    if (repeats === 0 || phaseOf(training) !== 'ended' || !isLive(phaseOf(before.training))) return;
    const isWhole =
      !training.failure &&
      training.runs.every(({ end }) => end?.reason === 'completed' || end?.reason === 'diverged');
    if (isWhole && experiment) {
      const { recipe } = experiment;
      void start({ ...experiment, recipe: { ...recipe, seed: recipe.seed + 1 } }, repeats - 1);
    } else {
      store.setState((state) => ({ training: { ...state.training, repeats: 0 } }));
    }
  });
}

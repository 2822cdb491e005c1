/** Repeats an experiment with the seeds that follow, one after the other. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentConfig } from '../../model/config.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { AppState } from '../state/AppState.ts';

/** Starts the next repetition when one is over. One that was stopped, or failed, ends the series. */
export function keepRepeating(
  store: StoreApi<AppState>,
  start: (experiment: ExperimentConfig) => Promise<void>,
): void {
  store.subscribe(({ training, repeats, trained }, before) => {
    if (repeats === 0 || phaseOf(training) !== 'ended' || !isLive(phaseOf(before.training))) return;
    const isWhole =
      !training.failure &&
      training.runs.every(({ end }) => end?.reason === 'completed' || end?.reason === 'diverged');
    store.setState({ repeats: isWhole && trained ? repeats - 1 : 0 });
    if (!isWhole || !trained) return;
    void start({ ...trained, recipe: { ...trained.recipe, seed: trained.recipe.seed + 1 } });
  });
}

/** Repeats the experiment with the seeds that follow, one after the other. */
import type { App } from './appStore.ts';
import { readNumber } from './readDraft.ts';
import { isLive, phaseOf } from './training.ts';

/** Starts the next repetition when one is over. One that was stopped, or failed, ends the series. */
export function keepRepeating({
  store,
  editRecipe,
  train,
}: Pick<App, 'store' | 'editRecipe' | 'train'>): void {
  store.subscribe(({ training, repeats, draft }, before) => {
    if (repeats === 0 || phaseOf(training) !== 'ended' || !isLive(phaseOf(before.training))) return;
    const isWhole =
      !training.failure &&
      training.runs.every(({ end }) => end?.reason === 'completed' || end?.reason === 'diverged');
    const seed = readNumber(draft.recipe.seed);
    store.setState({ repeats: isWhole && seed !== undefined ? repeats - 1 : 0 });
    if (!isWhole || seed === undefined) return;
    editRecipe({ seed: String(seed + 1) });
    void train();
  });
}

import type { ExperimentConfig } from '../../model/config.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { memory } from './costFormats.ts';
import { experiment as words } from './enExperiment.ts';
import { useRecomputationShare } from './useExperiment.ts';

/** One press after which a net that is too large fits: into what, and for how much more time. */
export function RecomputeOffer({ experiment, bytes }: { experiment: ExperimentConfig; bytes: number }) {
  const { editRecipe } = useApp();
  const longer = useRecomputationShare(experiment);
  return (
    <button
      type="button"
      className="button-small"
      title={words.recomputeHint}
      onClick={() => editRecipe({ recompute: true })}
    >
      {words.recompute(memory(bytes), 5 * Math.round(20 * longer))}
    </button>
  );
}

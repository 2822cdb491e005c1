/** The nets of the present experiment with all the seeds that they were trained with here. */
import type { SeededNet } from '../../insights/seedVerdict.ts';
import { configurationKey } from '../runs/allRuns.ts';
import type { Run } from '../state/run.ts';

/**
 * The configurations of `current` that were trained whole with two or more seeds, under the ids of their first runs. Runs
 * out of files and runs that began with other weights do not count.
 */
export function seededNets(runs: readonly Run[], current: readonly Run[]): readonly SeededNet[] {
  const isWhole = ({ end, imported, startedFrom }: Run) =>
    end?.reason === 'completed' && !imported && startedFrom === null;
  const keys = new Set(current.filter(isWhole).map(configurationKey));
  return [...keys].flatMap((key) => {
    const repetitions = runs.filter((run) => isWhole(run) && configurationKey(run) === key);
    const [first] = repetitions;
    // A seed that was trained twice counts once.
    const bySeed = new Map(
      repetitions.flatMap(({ config, error }) => (config ? [[config.seed, error.values] as const] : [])),
    );
    return first?.config && bySeed.size > 1
      ? [{ id: first.id, model: first.config.model, optimizer: first.config.optimizer, runs: bySeed }]
      : [];
  });
}

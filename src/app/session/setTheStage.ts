/** What stands on the stage when an experiment begins, and what is put away. */
import type { ExperimentConfig } from '../../model/config.ts';
import { introduceRuns } from '../runs/looks/introduceRun.ts';
import type { DescribeDifference } from '../runs/looks/laneNames.ts';
import { otherRecipes } from '../runs/otherRecipes.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { keepRuns } from '../runs/runArchive.ts';
import type { AppState } from '../state/AppState.ts';
import type { Run } from '../state/run.ts';
import { lanesWeights } from '../state/startWeights.ts';
import type { Training } from '../state/training.ts';
import { waitingForOthers } from './branchLanes.ts';

interface Beginning {
  readonly experiment: ExperimentConfig;
  /** Tells experiments apart. */
  readonly ordinal: number;
  /** The runs of lanes that are done, by the lanes' ids. */
  readonly done: ReadonlyMap<string, Run>;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly describe: DescribeDifference;
}

/** Puts away what is not part of the experiment. Its runs are those that are done, and one that waits for each other lane. */
export function setTheStage(
  { startWeights, imported, archive: earlier, training: last, view, library, keeping: { kind } }: AppState,
  { experiment, ordinal, done, when, describe }: Beginning,
): Pick<AppState, 'archive' | 'library' | 'view'> & Pick<Training, 'runs'> {
  const staged = new Set([...done.values()].map((run) => run.id));
  const isAway = (run: Run) => !staged.has(run.id);
  const archive = keepRuns({ ...earlier, kept: earlier.kept.filter(isAway) }, last.runs.filter(isAway), kind);
  const weights = lanesWeights(startWeights, experiment.lanes);
  const others = [...imported, ...archive.kept, ...done.values()];
  const shown = new Set<string>();
  const prepared = prepareRuns(experiment, ordinal, describe);
  const beginning = prepared.map((run) => {
    const finished = done.get(run.lane);
    if (finished) return { ...finished, lane: run.lane };
    return { ...run, created: when, startedFrom: weights.get(run.lane)?.file ?? null };
  });
  const fresh = introduceRuns(
    waitingForOthers(beginning, experiment, when).filter((run) => !done.has(run.lane)),
    others,
    library,
  );
  const runs = prepared.flatMap((run): Run[] => {
    const finished = done.get(run.lane);
    if (!finished) return fresh.filter(({ id }) => id === run.id);
    // Lanes that are equal share their run.
    if (shown.has(finished.id)) return [];
    shown.add(finished.id);
    return [{ ...finished, lane: run.lane }];
  });
  const back = new Set([...earlier.kept, ...library].filter((run) => !isAway(run)).map((run) => run.id));
  const hidden = view.hidden.filter((id) => !back.has(id));
  return {
    runs,
    archive,
    library: library.filter(isAway),
    view: { ...view, hidden: [...new Set([...hidden, ...otherRecipes(archive.kept, experiment)])] },
  };
}

/** A lane that joins an experiment which already trains. */
import type { ExperimentConfig, LaneConfig } from '../../model/config.ts';
import type { DescribeDifference } from '../runs/looks/laneNames.ts';
import { distinctStyle } from '../runs/looks/laneStyles.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { readDraft } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';
import { weightsOf } from '../state/startWeights.ts';
import type { AppState } from '../state/AppState.ts';

export interface Joining {
  readonly lane: LaneConfig;
  readonly run: Run;
  /** The experiment with the lane. */
  readonly experiment: ExperimentConfig;
}

/**
 * What becomes of lane `id` of the form when it joins the experiment that trains; null if nothing trains that it could join,
 * if it trains already, if it goes on from another one, or if it is not sound. Runs that are there keep their names and styles.
 */
export function joinExperiment(
  { draft, training, startWeights }: Pick<AppState, 'draft' | 'training' | 'startWeights'>,
  id: string,
  ordinal: number,
  describe: DescribeDifference,
): Joining | null {
  const { runs, experiment: trained } = training;
  if (!trained || runs.some((run) => run.lane === id)) return null;
  const isThere = (lane: string) => lane === id || runs.some((run) => run.lane === lane);
  // Of several seeds, it joins the one that trains. Lanes that are still being edited need not be sound for this one to start.
  const drafted = readDraft({ ...draft, lanes: draft.lanes.filter((lane) => isThere(lane.id)) });
  const experiment = drafted.experiment && {
    ...drafted.experiment,
    recipe: trained.recipe,
    seeds: trained.seeds,
  };
  const lane = experiment?.lanes.find((candidate) => candidate.id === id);
  // What a lane goes on from may be past its step.
  if (!experiment || !lane || lane.from) return null;
  const run = prepareRuns(experiment, ordinal, describe).find((prepared) => prepared.lane === id)!;
  const style = distinctStyle(
    run.style,
    runs.map((other) => other.style),
  );
  const startedFrom = weightsOf(startWeights, lane)?.file ?? null;
  return { lane, run: { ...run, style, startedFrom }, experiment };
}

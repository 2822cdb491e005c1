/** The runs of an experiment before anything has happened. */
import { runOfLane, type ExperimentConfig } from '../../model/config.ts';
import { laneNames, type DescribeDifference } from './looks/laneNames.ts';
import { laneStyles, styledLane } from './looks/laneStyles.ts';
import { createRun, type Run } from '../state/run.ts';

/** One waiting run for each lane, with its name and style; `ordinal` tells experiments of a page apart. */
export function prepareRuns(
  experiment: ExperimentConfig,
  ordinal: number,
  describe: DescribeDifference,
): readonly Run[] {
  const names = laneNames(experiment.lanes, describe);
  const styles = laneStyles(experiment.lanes.map(styledLane));
  return experiment.lanes.map((lane, i) =>
    createRun({
      id: `${ordinal}/${lane.id}`,
      lane: lane.id,
      name: names[i]!,
      style: styles[i]!,
      config: runOfLane(experiment, lane),
    }),
  );
}

/** What runs began as: a branch is another run's net after so many steps. */
import { runOfLane, type ExperimentConfig, type LaneConfig, type RunConfig } from '../../model/config.ts';
import { decisive } from '../../model/decisive.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import type { Chapter, Run } from '../state/run.ts';

export type Branching = Extract<Chapter, { kind: 'branched' }>;

/** Of each run that it began as, the first one first: what it was set to, and the steps after which it was left. */
export type Ancestry = readonly { readonly step: number; readonly before: RunConfig | null }[];

/** Whether runs of like settings that began so differ in their seeds at most. */
export const beganAlike = (a: Ancestry, b: Ancestry): boolean => sameSettings(seedless(a), seedless(b));

const seedless = (ancestry: Ancestry) =>
  ancestry.map(({ step, before }) => ({ step, before: before && { ...decisive(before), seed: null } }));

export const branchings = (history: Run['history']): readonly Branching[] =>
  history.filter((chapter) => chapter.kind === 'branched');

export const isBranch = ({ history }: Pick<Run, 'history'>): boolean => branchings(history).length > 0;

export const ancestryOf = ({ history }: Pick<Run, 'history'>): Ancestry =>
  branchings(history).map(({ step, before }) => ({ step, before }));

/** The lanes that a lane goes on from, each from the one before it, the first one first; without itself. */
export function lanesBefore(
  { lanes }: Pick<ExperimentConfig, 'lanes'>,
  { from }: LaneConfig,
): readonly LaneConfig[] {
  const parent = from && lanes.find(({ id }) => id === from.lane);
  return parent ? [...lanesBefore({ lanes }, parent), parent] : [];
}

/** What the run of a lane is to begin as. */
export function ancestryOfLane(experiment: ExperimentConfig, lane: LaneConfig): Ancestry {
  const line = [...lanesBefore(experiment, lane), lane];
  return line
    .slice(1)
    .map(({ from }, i) => ({ step: from?.step ?? 0, before: runOfLane(experiment, line[i]!) }));
}

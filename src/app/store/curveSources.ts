/** What the charts draw: the runs that are shown, each alone or several as one. */
import type { AppState } from './appStore.ts';
import type { LaneStyle } from './laneStyles.ts';
import type { Run } from './run.ts';

/** One line of a chart. */
export interface CurveSource {
  /** A run's id, or that of a group of runs. */
  readonly id: string;
  /** The lane's id in its experiment. */
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Drawn faintly, behind the runs of this page: it was not trained here. */
  readonly faint: boolean;
  /** One run; or several of one configuration but for the seed, drawn as their mean with a band. */
  readonly runs: readonly [Run, ...Run[]];
}

export const curveSources = ({
  imported,
  training,
}: Pick<AppState, 'imported' | 'training'>): readonly CurveSource[] =>
  [...imported, ...training.runs].map(sourceOf);

const sourceOf = (run: Run): CurveSource => {
  const { id, lane, name, style } = run;
  return { id, lane, name, style, faint: run.imported, runs: [run] };
};

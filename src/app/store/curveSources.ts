/** What the charts draw: the runs that are shown, each alone or several as one. */
import type { AppState } from './appStore.ts';
import { allRuns, configurationKey, lastResult } from './allRuns.ts';
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

type Shown = Pick<AppState, 'imported' | 'archive' | 'training' | 'grouped'> & {
  readonly view: Pick<AppState['view'], 'hidden'>;
};

/** The sources that are not hidden. The same array while nothing of it changes, and of each run the same object. */
export const curveSources = lastResult(
  (state: Shown) => [allRuns(state), state.view.hidden, state.grouped] as const,
  ([runs, hidden, grouped]): readonly CurveSource[] => {
    const all = grouped ? groupsOf(runs, hidden) : runs.map(sourceOf);
    return all.filter((source) => !hidden.includes(source.id));
  },
);

/** The id of the group that a run belongs to. */
export const groupId = (run: Run): string => `group ${configurationKey(run)}`;

const sources = new WeakMap<Run, CurveSource>();

function sourceOf(run: Run): CurveSource {
  let source = sources.get(run);
  if (!source) {
    const { id, lane, name, style } = run;
    source = { id, lane, name, style, faint: run.imported, runs: [run] };
    sources.set(run, source);
  }
  return source;
}

/** In the order of each group's first run; hidden runs are left out of theirs. */
function groupsOf(runs: readonly Run[], hidden: readonly string[]): readonly CurveSource[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const members = groups.get(groupId(run)) ?? [];
    groups.set(groupId(run), members);
    if (!hidden.includes(run.id)) members.push(run);
  }
  return [...groups].flatMap(([id, [first, ...others]]) => {
    if (!first) return [];
    if (others.length === 0) return [sourceOf(first)];
    const name = `${first.name} \u00d7${1 + others.length}`;
    return [{ ...sourceOf(first), id, name, runs: [first, ...others] }];
  });
}

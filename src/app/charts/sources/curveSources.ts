/** What the charts draw: the runs that are shown, each alone or several as one. */
import { allRuns, lastResult, groupId } from '../../runs/allRuns.ts';
import type { Run } from '../../state/run.ts';
import type { AppState } from '../../state/AppState.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';

/** One line of a chart. */
export interface CurveSource {
  /** A run's id, or that of a group of runs. */
  readonly id: string;
  /** The lane's id in its experiment. */
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Drawn faintly, behind the experiment on the stage: it is of an earlier one, or was not trained here. */
  readonly faint: boolean;
  /** One run; or several of one configuration but for the seed, drawn as their mean with a band. */
  readonly runs: readonly [Run, ...Run[]];
}

type Shown = Pick<AppState, 'imported' | 'archive' | 'training' | 'grouped'> & {
  readonly view: Pick<AppState['view'], 'hidden'>;
};

/** The sources that are not hidden. The same array while nothing of it changes, and of each run the same object. */
export const curveSources = lastResult(
  (state: Shown) => [allRuns(state), state.training.runs, state.view.hidden, state.grouped] as const,
  ([runs, stage, hidden, grouped]): readonly CurveSource[] => {
    const each = runs.map((run) => sourceOf(run, !stage.includes(run)));
    const all = grouped ? groupsOf(each, hidden) : each;
    return all.filter((source) => !hidden.includes(source.id));
  },
);

const sources = new WeakMap<Run, CurveSource>();

function sourceOf(run: Run, faint: boolean): CurveSource {
  let source = sources.get(run);
  if (source?.faint !== faint) {
    const { id, lane, name, style } = run;
    source = { id, lane, name, style, faint, runs: [run] };
    sources.set(run, source);
  }
  return source;
}

/** In the order of each group's first run; hidden runs are left out of theirs. */
function groupsOf(each: readonly CurveSource[], hidden: readonly string[]): readonly CurveSource[] {
  const groups = new Map<string, CurveSource[]>();
  for (const source of each) {
    const id = groupId(source.runs[0]);
    const members = groups.get(id) ?? [];
    groups.set(id, members);
    if (!hidden.includes(source.id)) members.push(source);
  }
  return [...groups].flatMap(([id, [first, ...others]]) => {
    if (!first) return [];
    if (others.length === 0) return [first];
    const name = `${first.name} \u00d7${1 + others.length}`;
    const faint = first.faint && others.every((source) => source.faint);
    return [{ ...first, id, name, faint, runs: [first.runs[0], ...others.flatMap(({ runs }) => runs)] }];
  });
}

/** What the charts draw: the runs that are shown, each alone or several as one. */
import { allRuns, groupId } from '../../runs/allRuns.ts';
import { sameItems } from '../../state/sameItems.ts';
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
  /** Drawn faintly, behind the present experiment: it is of an earlier one, or was not trained here. */
  readonly faint: boolean;
  /** One run; or several of one configuration but for the seed, drawn as their mean with a band. */
  readonly runs: readonly [Run, ...Run[]];
}

type Shown = Pick<AppState, 'imported' | 'archive' | 'training' | 'grouped'> & {
  readonly view: Pick<AppState['view'], 'hidden'>;
};

/** The sources that are not hidden: new ones only of what has changed. */
export function curveSources(state: Shown): readonly CurveSource[] {
  const { hidden } = state.view;
  const isHidden = new Set(hidden);
  return linesOf(state, (run) => isHidden.has(run.id))
    .map(sourceOf)
    .filter(({ id }) => !isHidden.has(id));
}

/** The source that is a run or a group of this id, or that the run of this id is part of. */
export const sourceWith = (sources: readonly CurveSource[], id: string): CurveSource | undefined =>
  sources.find((source) => source.id === id || source.runs.some((run) => run.id === id));

/** What a legend lists: every source with those that are hidden. */
export type LegendEntry = Pick<CurveSource, 'id' | 'name' | 'style' | 'faint'>;

export const legendEntries = (state: Shown): readonly LegendEntry[] =>
  linesOf(state, () => false).map((line) => ({ ...described(line), faint: line.faint }));

export const isSameEntry = (a: LegendEntry, b: LegendEntry): boolean =>
  a.id === b.id && a.name === b.name && a.style === b.style && a.faint === b.faint;

type Line = Pick<CurveSource, 'runs' | 'faint'>;

/** One line for each run; or for each group of them, in the order of their first runs, with those that count. */
function linesOf(state: Shown, isLeftOut: (run: Run) => boolean): readonly Line[] {
  const present = new Set(state.training.runs);
  const runs = allRuns(state);
  if (!state.grouped) return runs.map((run) => ({ runs: [run], faint: !present.has(run) }));
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const id = groupId(run);
    const members = groups.get(id) ?? [];
    groups.set(id, members);
    if (!isLeftOut(run)) members.push(run);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ runs: [first, ...others], faint: ![first, ...others].some((run) => present.has(run)) }] : [],
  );
}

/** By their first runs. What is computed of a source is kept with it, so one that has not changed must stay the same object. */
const sources = new WeakMap<Run, CurveSource>();

function sourceOf(line: Line): CurveSource {
  const { runs, faint } = line;
  let source = sources.get(runs[0]);
  if (source?.faint !== faint || !sameItems(source.runs, runs)) {
    source = { ...described(line), faint, runs };
    sources.set(runs[0], source);
  }
  return source;
}

function described({ runs: [first, ...others] }: Line): Omit<CurveSource, 'runs' | 'faint'> {
  const { id, lane, name, style } = first;
  if (others.length === 0) return { id, lane, name, style };
  return { id: groupId(first), lane, name: `${name} \u00d7${1 + others.length}`, style };
}

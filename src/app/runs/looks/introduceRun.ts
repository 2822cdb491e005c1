/** Gives new runs names and looks that tell them from the runs that are there. */
import { configurationKey } from '../allRuns.ts';
import { distinctStyle } from './laneStyles.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Run } from '../../state/run.ts';

/**
 * A name that none of `others` has, by a number behind it, and a look like no other's; `beside` are looks of runs that come with it, `aside` runs that are
 * not drawn. A
 * repetition (the same configuration, whatever its seed) looks like the first one.
 */
export function introduceRun(
  run: Run,
  others: readonly Run[],
  beside: readonly LaneStyle[] = [],
  aside: readonly Run[] = [],
): Run {
  const names = new Set([...others, ...aside].map((other) => other.name));
  let name = run.name;
  for (let i = 2; names.has(name); i++) name = `${run.name} (${i})`;
  return { ...run, name, style: lookOf(run, others, beside) };
}

/**
 * The runs of an experiment that begins: each introduced to `others`, and none with a look that another of them has, nor with a name of
 * those `aside`, which are not drawn.
 */
export function introduceRuns(
  runs: readonly Run[],
  others: readonly Run[],
  aside: readonly Run[] = [],
): readonly Run[] {
  const styles = runs.map(({ style }) => style);
  return runs.map((run, i) => {
    const introduced = introduceRun(run, others, styles.toSpliced(i, 1), aside);
    styles[i] = introduced.style;
    return introduced;
  });
}

/** The runs with looks that tell them from `others` and from each other; repetitions look alike. The same runs where nothing changes. */
export function toldApart(runs: readonly Run[], others: readonly Run[]): readonly Run[] {
  const known = [...others];
  return runs.map((run) => {
    const style = lookOf(run, known, []);
    const told = style === run.style ? run : { ...run, style };
    known.push(told);
    return told;
  });
}

function lookOf(run: Run, others: readonly Run[], beside: readonly LaneStyle[]): LaneStyle {
  const key = configurationKey(run);
  const earlier = others.find((other) => configurationKey(other) === key);
  return earlier?.style ?? distinctStyle(run.style, [...others.map(({ style }) => style), ...beside]);
}

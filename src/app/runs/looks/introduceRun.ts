/**
 * Gives new runs names and looks that tell them from the runs that are there. Recorded runs are left out of account: they look as
 * their nets do (netLooks.ts).
 */
import { configurationKey } from '../allRuns.ts';
import { recipeDifference } from './recipeDifference.ts';
import { distinctStyle } from './laneStyles.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Run } from '../../state/run.ts';

/**
 * A name that none of `others` has, by what its training differs in ("plain-20 (600 steps)") or a number behind it, and a look like
 * no other's; `beside` are looks of runs that come with it, `aside` runs that are not drawn. A repetition (the same configuration, whatever its seed) looks like the
 * first one.
 */
export function introduceRun(
  run: Run,
  others: readonly Run[],
  beside: readonly LaneStyle[] = [],
  aside: readonly Run[] = [],
): Run {
  return { ...run, name: nameBeside(run, [...others, ...aside]), style: lookOf(run, others, beside) };
}

function nameBeside({ name, config }: Run, others: readonly Run[]): string {
  const namesake = others.find((other) => other.name === name);
  if (!namesake) return name;
  const what = config && namesake.config ? recipeDifference(config, namesake.config) : null;
  const told = what === null ? name : `${name} (${what})`;
  const names = new Set(others.map((other) => other.name));
  let free = told;
  for (let i = 2; names.has(free); i++) free = `${told} (${i})`;
  return free;
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
    if (run.origin === 'recorded') return run;
    const style = lookOf(run, known, []);
    const told = style === run.style ? run : { ...run, style };
    known.push(told);
    return told;
  });
}

function lookOf(run: Run, others: readonly Run[], beside: readonly LaneStyle[]): LaneStyle {
  const key = configurationKey(run);
  const own = others.filter(({ origin }) => origin !== 'recorded');
  const earlier = own.find((other) => configurationKey(other) === key);
  return earlier?.style ?? distinctStyle(run.style, [...own.map(({ style }) => style), ...beside]);
}

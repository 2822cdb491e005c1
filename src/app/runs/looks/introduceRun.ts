/** Gives a new run a name and a look that tell it from the runs that are there. */
import { configurationKey } from '../allRuns.ts';
import { distinctStyle } from './laneStyles.ts';
import type { Run } from '../../state/run.ts';

/**
 * A name that none of `others` has, by a number behind it. A repetition (the same configuration, whatever its seed) looks
 * like the first one; any other run gets a marker of its own.
 */
export function introduceRun(run: Run, others: readonly Run[]): Run {
  const key = configurationKey(run);
  const earlier = others.find((other) => configurationKey(other) === key);
  const style = earlier?.style ?? distinctStyle(run.style, others.map((other) => other.style)); // prettier-ignore
  const names = new Set(others.map((other) => other.name));
  let name = run.name;
  for (let i = 2; names.has(name); i++) name = `${run.name} (${i})`;
  return { ...run, name, style };
}

import { readingNotes as notes } from '../enLogNotes.ts';
import type { Repeat } from '../columns/columnChoice.ts';
import type { Repeated } from './collectRun.ts';

/** What was done with steps that come again in any of the runs; `lineOf` gives a row's line in the file. */
export function repeatNotes(
  runs: readonly Repeated[],
  again: Repeat,
  lineOf: (row: number) => number,
): readonly string[] {
  const sum = (key: 'identical' | 'replaced' | 'restarts') =>
    runs.reduce((total, repeated) => total + repeated[key], 0);
  const first = runs.flatMap(({ firstReplaced }) => firstReplaced ?? [])[0];
  const restart = runs.flatMap(({ firstRestart }) => firstRestart ?? [])[0];
  return [
    ...(sum('identical') > 0 ? [notes.identical(sum('identical'))] : []),
    ...(first ? [notes.replaced(sum('replaced'), first.step, lineOf(first.row))] : []),
    ...(restart !== undefined ? [notes.restarted(sum('restarts'), lineOf(restart), again)] : []),
  ];
}

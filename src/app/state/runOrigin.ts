/** Where a run comes from. */
import type { Run } from './run.ts';

export const runOrigins = ['here', 'recorded', 'file'] as const;

/** Trained on this page; recorded by this project and come with the page; out of a person's file. */
export type RunOrigin = (typeof runOrigins)[number];

/** Ids of recorded runs begin so; those of files never do (exchange/import). */
export const RECORDED = 'recorded/';

export function originOf({ imported, id }: Pick<Run, 'imported' | 'id'>): RunOrigin {
  if (!imported) return 'here';
  return id.startsWith(RECORDED) ? 'recorded' : 'file';
}

export function countByOrigin(runs: readonly Run[]): Readonly<Record<RunOrigin, number>> {
  const counts = { here: 0, recorded: 0, file: 0 };
  for (const run of runs) counts[originOf(run)]++;
  return counts;
}

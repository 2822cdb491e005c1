/** A kept run with its curve. */
import type { Moment } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { seriesFault, seriesOf } from './columns.ts';
import type { KeepDb } from './keepDb.ts';
import type { CheckpointEntry } from './stored.ts';
import { KeepError } from './keepError.ts';

export interface LoadedRun {
  readonly run: Run;
  /** How many packs hold its points. */
  readonly packs: number;
}

/** `run`, whose series are not here, with them. Rejects with {@link KeepError}. */
export async function loadRun(db: KeepDb, run: Run, isLogged: boolean): Promise<LoadedRun> {
  const packs = await db.packs(run.id);
  const series = packs && seriesOf(packs, isLogged);
  if (!series || seriesFault(series) !== null)
    throw new KeepError('failed', `The points of ${run.name} are damaged.`);
  return { run: { ...run, ...series, summary: null }, packs: packs.length };
}

/** The moments that are kept of a run, ascending. */
export const momentsOf = async (db: KeepDb, run: string): Promise<readonly Moment[]> =>
  (await db.checkpoints(run)).map(momentOf);

export const momentOf = ({ step, why, bytes, evaluationDue }: CheckpointEntry): Moment => ({
  step,
  why,
  bytes,
  evaluationDue,
});

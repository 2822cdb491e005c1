/** What becomes of the moments that are kept when others come and go. */
import type { KeptCheckpoint } from '../../protocol/protocol.ts';
import { bytesOfMoments } from '../runs/storage/moments.ts';
import type { Moment, Moments } from '../state/keeping.ts';
import type { CheckpointEntry, CheckpointKey } from './stored.ts';
import { superfluous } from './thinning.ts';

/** Bytes of checkpoints, of all runs, beyond which only the first and the last of a run are kept. */
export const MOST_CHECKPOINT_BYTES = 2e9;
/** Of checkpoints that wait for room so many bytes stay in memory, and the last of every run. */
const MOST_WAITING_BYTES = 2e8;

/** A checkpoint that is to be written. */
export type Pending = Pick<KeptCheckpoint, 'step' | 'why' | 'evaluationDue' | 'file'> & {
  readonly run: string;
};

/** The moments that `due` are, and those that leave with them. */
export function momentsWith(before: Moments, due: readonly Pending[]) {
  const moments = new Map(before);
  const added = new Map<string, Moment[]>();
  const dropped: CheckpointKey[] = [];
  const bytes = bytesOfMoments(before);
  for (const { run, step, file, why, evaluationDue } of due) {
    const others = (moments.get(run) ?? []).filter((moment) => moment.step !== step);
    const one: Moment = { step, why, bytes: file.byteLength, evaluationDue };
    const all = [...others, one].sort((a, b) => a.step - b.step);
    const leaving = superfluous(all, bytes > MOST_CHECKPOINT_BYTES);
    dropped.push(...leaving.map((each) => [run, each] as const));
    added.set(run, [...(added.get(run) ?? []), one]);
    moments.set(
      run,
      all.filter((moment) => !leaving.includes(moment.step)),
    );
  }
  return { added, dropped };
}

/** `before` with `added`, and without `dropped` and those of `removed` runs. What has not changed is the same. */
export function momentsAfter(
  before: Moments,
  added: Moments,
  dropped: readonly CheckpointKey[],
  removed: readonly string[],
): Moments {
  if (added.size + dropped.length + removed.length === 0) return before;
  const moments = new Map(before);
  for (const [run, more] of added) {
    const others = (moments.get(run) ?? []).filter(({ step }) => !more.some((one) => one.step === step));
    moments.set(
      run,
      [...others, ...more].sort((a, b) => a.step - b.step),
    );
  }
  for (const [run, step] of dropped) {
    const left = (moments.get(run) ?? []).filter((moment) => moment.step !== step);
    if (left.length > 0) moments.set(run, left);
    else moments.delete(run);
  }
  for (const id of removed) moments.delete(id);
  return moments;
}

/** The checkpoints that go on waiting: the last of each run, and before them as many as there is memory for. */
export function fitting(pending: readonly Pending[]): Pending[] {
  const last = new Map(pending.map((one) => [one.run, one]));
  let bytes = 0;
  return pending
    .toReversed()
    .filter((one) => (bytes += one.file.byteLength) <= MOST_WAITING_BYTES || last.get(one.run) === one)
    .toReversed();
}

export const entryOf = (
  { run, step, why, evaluationDue }: Omit<Pending, 'file'>,
  file: ArrayBuffer,
  saved: number,
): CheckpointEntry => ({ run, step, why, evaluationDue, bytes: file.byteLength, saved });

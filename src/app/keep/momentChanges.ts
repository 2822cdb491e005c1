/** What becomes of the moments that are kept when others come and go. */
import type { KeptCheckpoint } from '../../protocol/protocol.ts';
import { bytesOfMoments } from '../runs/storage/moments.ts';
import type { Moment, Moments } from '../state/keeping.ts';
import type { CheckpointKey } from './keepDb.ts';
import { superfluous } from './thinning.ts';

/** Bytes of checkpoints, of all runs, beyond which only the first and the last of a run are kept. */
export const MOST_CHECKPOINT_BYTES = 2e9;

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

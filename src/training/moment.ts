import type { Checkpoint, CheckpointState } from '../model/checkpoint.ts';
import { checkpointDevice } from '../model/checkpointDevice.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { RunProgress } from './runProgress.ts';
import type { Trainer } from './trainer.ts';

/** A run between two steps, while its numbers are on their way from the device. */
export interface Moment {
  readonly state: CheckpointState;
  /** What makes a checkpoint of them, once they are there: it computes for a while. */
  readonly numbers: Promise<() => Checkpoint>;
}

/** The present moment, whose numbers are asked for at once; null while steps are not told yet. */
export function momentOf<T extends TensorLike>(
  ops: TrainingOps<T>,
  trainer: Trainer<T>,
  progress: RunProgress,
): Moment | null {
  const state = progress.state(checkpointDevice(ops), trainer.updates);
  if (!state) return null;
  const numbers = trainer
    .numbers()
    .then((flat) => () => ({ state, tensors: trainer.checkpointTensors(flat) }));
  return { state, numbers };
}

import type { Checkpoint, CheckpointState } from '../model/checkpoint.ts';
import { checkpointDevice } from '../model/checkpointDevice.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { RunProgress } from './runProgress.ts';
import type { Trainer } from './trainer.ts';

/** A run between two steps. */
export interface Moment {
  readonly state: CheckpointState;
  /**
   * Asks the device for its numbers, to be called before the next step is taken. Gives what makes a checkpoint of them, once they are
   * there: it computes for a while.
   */
  read(): Promise<() => Checkpoint>;
}

/** The present moment; null while steps are not told yet. */
export function momentOf<T extends TensorLike>(
  ops: TrainingOps<T>,
  trainer: Trainer<T>,
  progress: RunProgress,
): Moment | null {
  const state = progress.state(checkpointDevice(ops), trainer.updates);
  if (!state) return null;
  const read = async () => {
    const numbers = await trainer.numbers();
    return () => ({ state, tensors: trainer.checkpointTensors(numbers) });
  };
  return { state, read };
}

import type { RunConfig } from '../model/config.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import { Trainer } from './trainer.ts';

/** Gets the device ready for the steps of a later session with this run. Rejects with a DeviceError. */
export async function prepareRun<T extends TensorLike>(ops: TrainingOps<T>, run: RunConfig): Promise<void> {
  if (!ops.prepare) return;
  const trainer = new Trainer(ops, run);
  try {
    await trainer.prepareSteps(run.batchSize);
  } finally {
    trainer.dispose();
  }
}

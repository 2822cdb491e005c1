import * as tf from '@tensorflow/tfjs-core';
import type { TrainingOps } from '../../src/kernels/ops.ts';
import { GpuBackend } from '../../src/kernels/webgpu/runtime/gpuBackend.ts';
import { Trainer } from '../../src/training/trainer.ts';
import { LEARNING_RATE, type Rival, type Specimen } from './specimen.ts';
import { deviceBytes } from './deviceBytes.ts';

/** Our trainer, on any implementation of the operations. */
export async function openOurs(ops: TrainingOps<tf.Tensor>, { run, batch }: Specimen): Promise<Rival> {
  const trainer = new Trainer(ops, run);
  await trainer.prepareSteps(batch.size);
  return {
    async step() {
      const { metrics } = trainer.step(batch, LEARNING_RATE);
      const [loss = NaN] = await ops.download(metrics);
      ops.dispose(metrics);
      return loss;
    },
    memory() {
      const backend: unknown = tf.backend();
      return {
        bytes: deviceBytes(),
        tensors: tf.memory().numTensors,
        ...(backend instanceof GpuBackend && { dispatches: backend.dispatches }),
      };
    },
  };
}

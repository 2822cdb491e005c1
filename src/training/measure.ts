import { parseRun } from '../model/config.ts';
import { createRandom } from '../model/random.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { Clock } from './clock.ts';
import { Trainer } from './trainer.ts';

const WARM_UP = 2;
const TIMED = 5;

/**
 * Median seconds of a training step of a small net (ResNet-8, 8 filters, batch 32) on random images: what a device's
 * backends are compared by before one is chosen.
 */
export async function measureStep<T extends TensorLike>(ops: TrainingOps<T>, clock: Clock): Promise<number> {
  const run = parseRun({ model: { depth: 8, width: 8 }, batchSize: 32, steps: 1 });
  const random = createRandom('measure');
  const size = run.batchSize;
  const batch = {
    images: Float32Array.from({ length: size * 32 * 32 * 3 }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, () => random.integer(10)),
    size,
  };
  const trainer = new Trainer(ops, run);
  const seconds: number[] = [];
  for (let i = 0; i < WARM_UP + TIMED; i++) {
    await ops.synchronise();
    const begun = clock.seconds();
    ops.dispose(trainer.step(batch, 0.01).metrics);
    await ops.synchronise();
    if (i >= WARM_UP) seconds.push(clock.seconds() - begun);
  }
  trainer.dispose();
  return seconds.sort((a, b) => a - b)[TIMED >> 1]!;
}

import { IMAGE_SIZE } from '../model/dataset.ts';
import { parseRun } from '../model/config.ts';
import { probes, type Probe } from '../model/cost.ts';
import { createRandom } from '../model/random.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { Clock } from '../model/clock.ts';
import { Trainer } from './trainer.ts';

const WARM_UP = 2;
const TIMED = 5;

/** Seconds after which a slow device has been watched for long enough: a step that takes as long needs no warming up. */
const ENOUGH = 1.5;

/**
 * Median seconds of a training step of a small net (ResNet-8, 8 filters, batch 32, or another `probe`) on random images:
 * what a device's backends are compared by before one is chosen, and what the cost of an experiment is estimated by. Between steps
 * the event loop turns; null if `cancelled` is true then.
 */
export async function measureStep<T extends TensorLike>(
  ops: TrainingOps<T>,
  clock: Clock,
  cancelled: () => boolean = () => false,
  probe: Probe = probes[0],
): Promise<number | null> {
  const run = parseRun({ ...probe, steps: 1 });
  const random = createRandom('measure');
  const size = run.batchSize;
  const batch = {
    images: Float32Array.from({ length: size * IMAGE_SIZE }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, () => random.integer(10)),
    size,
  };
  const trainer = new Trainer(ops, run);
  const seconds: number[] = [];
  await trainer.prepareSteps(size);
  const start = clock.seconds();
  for (let i = 0; i < WARM_UP + TIMED; i++) {
    await ops.synchronise();
    await new Promise((resolve) => setTimeout(resolve));
    if (cancelled()) break;
    const begun = clock.seconds();
    ops.dispose(trainer.step(batch, 0.01).metrics);
    await ops.synchronise();
    const step = clock.seconds() - begun;
    if (i >= WARM_UP || step > ENOUGH) seconds.push(step);
    if (seconds.length > 0 && clock.seconds() - start > ENOUGH) break;
  }
  trainer.dispose();
  if (cancelled()) return null;
  return seconds.sort((a, b) => a - b)[seconds.length >> 1]!;
}

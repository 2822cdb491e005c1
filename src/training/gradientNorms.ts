import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { GradientNormsEvent } from './events.ts';
import type { Trainer } from './trainer.ts';
import { normsByName } from './weights.ts';

/** A step's flat gradient, kept until its norms are told. */
export interface KeptGradient<T> {
  readonly step: number;
  readonly gradient: T;
}

/** The norms of a gradient, read back from the device, which gets its memory back. */
export async function readGradientNorms<T extends TensorLike>(
  ops: TrainingOps<T>,
  { graph, layout }: Pick<Trainer<T>, 'graph' | 'layout'>,
  { step, gradient }: KeptGradient<T>,
): Promise<GradientNormsEvent> {
  const flat = Float32Array.from(await ops.download(gradient));
  ops.dispose(gradient);
  const norms = normsByName(graph, layout, flat);
  return {
    kind: 'gradientNorms',
    step,
    names: [...norms.keys()],
    norms: Float32Array.from(norms.values()),
  };
}

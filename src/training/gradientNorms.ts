import type { RunConfig } from '../model/config.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { GradientNormsEvent } from '../protocol/events.ts';
import type { Trainer } from './trainer.ts';
import { normsByName } from './weights.ts';

/** Norms are those of the first step and of each that an evaluation follows; steps count from 1. */
export const areNormsDue = (
  { evaluation: { every } }: Pick<RunConfig, 'evaluation'>,
  step: number,
): boolean => step === 1 || (every > 0 && step % every === 0);

/** A step's flat gradient, kept on the device until its norms are told. */
export class PendingGradient<T extends TensorLike> {
  private pending: { readonly step: number; readonly gradient: T } | null = null;

  constructor(
    private readonly ops: TrainingOps<T>,
    private readonly net: Pick<Trainer<T>, 'graph' | 'layout'>,
  ) {}

  /** Takes the gradient of `step`, which is freed here. */
  keep(step: number, gradient: T): void {
    this.dispose();
    this.pending = { step, gradient };
  }

  /** Its norms, read back from the device, which gets its memory back; null if none is kept. */
  async read(): Promise<GradientNormsEvent | null> {
    const { pending } = this;
    if (!pending) return null;
    const { graph, layout } = this.net;
    this.pending = null;
    const flat = Float32Array.from(await this.ops.download(pending.gradient));
    this.ops.dispose(pending.gradient);
    const norms = normsByName(graph, layout, flat);
    const [names, values] = [[...norms.keys()], Float32Array.from(norms.values())];
    return { kind: 'gradientNorms', step: pending.step, names, norms: values };
  }

  dispose(): void {
    if (this.pending) this.ops.dispose(this.pending.gradient);
    this.pending = null;
  }
}

/** An optimiser bound to a net's parameters. */
import type { OptimizerConfig } from '../model/config.ts';
import type { Layout } from '../model/parameters.ts';
import { optimizerStates } from '../model/shapes.ts';
import type { OptimizerState, TensorLike, TrainingOps } from '../kernels/ops.ts';

export class Optimizer<T extends TensorLike> {
  private state: OptimizerState<T>;
  private readonly decayMask: T | null;
  private steps: number;

  /**
   * Takes over `parameters`, a flat tensor laid out by `layout`. `memory`: what another one remembered after its updates; without it
   * this one begins.
   */
  constructor(
    private readonly ops: TrainingOps<T>,
    private readonly config: OptimizerConfig,
    layout: Layout,
    parameters: T,
    memory?: { readonly slots: readonly Float32Array[]; readonly optimizerSteps: number },
  ) {
    const length = layout.trainableLength;
    const slots = Array.from({ length: optimizerStates[config.type] }, (_, i) =>
      ops.upload(memory?.slots[i] ?? new Float32Array(length), [length]),
    );
    this.state = { parameters, slots };
    this.steps = memory?.optimizerSteps ?? 0;
    this.decayMask =
      config.decayNormalisation || config.weightDecay === 0
        ? null
        : ops.upload(maskWithoutNormalisation(layout), [layout.trainableLength]);
  }

  /** The present parameters; another tensor after each step. */
  get parameters(): T {
    return this.state.parameters;
  }

  /** What it remembers, each laid out as the parameters; other tensors after each step. */
  get slots(): readonly T[] {
    return this.state.slots;
  }

  /** Updates made. */
  get updates(): number {
    return this.steps;
  }

  /** One update by the flat `gradient`, which stays the caller's. */
  step(gradient: T, learningRate: number): void {
    const { ops, config, state, decayMask } = this;
    this.steps += 1;
    const hyper = { learningRate, weightDecay: config.weightDecay, momentum: config.momentum };
    switch (config.type) {
      case 'sgd':
        this.state = ops.sgd(state, gradient, decayMask, hyper);
        break;
      case 'adam':
        this.state = ops.adam(state, gradient, decayMask, hyper, this.steps);
        break;
      case 'rmsprop':
        this.state = ops.rmsprop(state, gradient, decayMask, hyper);
        break;
    }
  }

  /** Calls `work`, whose steps compute nothing (see TrainingOps.prepare), and counts none of them. */
  dryRun<R>(work: () => R): R {
    const { steps } = this;
    try {
      return work();
    } finally {
      this.steps = steps;
    }
  }

  dispose(): void {
    this.ops.dispose(this.state.parameters);
    this.state.slots.forEach((slot) => {
      this.ops.dispose(slot);
    });
    if (this.decayMask) this.ops.dispose(this.decayMask);
  }
}

function maskWithoutNormalisation(layout: Layout): Float32Array {
  const mask = new Float32Array(layout.trainableLength);
  for (const slot of layout.trainable) {
    if (slot.role !== 'affine') mask.fill(1, slot.offset, slot.offset + slot.size);
  }
  return mask;
}

/** What a view computes with, and what it is: a function from nets and a question to an answer. */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { Images } from './images.ts';
import type { LookedNet } from './lookedNet.ts';

/** It was asked not to go on. */
export class LookCancelled extends Error {
  override readonly name = 'LookCancelled';
}

/** One look into nets. */
export interface Look<T extends TensorLike> {
  readonly ops: TrainingOps<T>;
  /** In the order of the question; all stand on one device. They are disposed by whoever opened them. */
  readonly nets: readonly LookedNet<T>[];
  readonly images: Images;
  /**
   * To be awaited between passes: lets the worker hear, and the lanes have the device. Rejects with {@link LookCancelled} once the answer
   * is not wanted any more; tensors must be disposed by `finally`.
   */
  readonly turn: () => Promise<void>;
  /** So much of `total` is done; `soFar` is what of the answer can be drawn already. */
  readonly tell: (done: number, total: number, soFar?: unknown) => void;
}

/**
 * Computes one view. `question` is checked by the view's schema. Everything in the answer can be cloned and is checked by the view's schema
 * on the page.
 */
export type Computation<Q, A> = <T extends TensorLike>(look: Look<T>, question: Q) => Promise<A>;

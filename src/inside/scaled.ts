/** Maps times a number, on any device. */
import { BATCH_NORM_EPSILON, type TensorLike, type TrainingOps } from '../kernels/ops.ts';

/**
 * Multiplies maps `[N, H, W, C]` by a factor, and remembers what it needs for that until it is disposed. It is a batch norm with fixed
 * numbers, because batch norm reads maps as a device stores them (in f16 on some), and `multiply` does not.
 */
export class Scaled<T extends TensorLike> {
  readonly #held = new Map<string, T>();
  readonly #ops: TrainingOps<T>;

  constructor(ops: TrainingOps<T>) {
    this.#ops = ops;
  }

  /** A new tensor. */
  times(x: T, factor: number): T {
    const channels = x.shape.at(-1) ?? 1;
    const affine = this.#rows(channels, factor, 0);
    const moments = this.#rows(channels, 0, 1 - BATCH_NORM_EPSILON);
    return this.#ops.batchNormInference(x, affine, moments, null, false);
  }

  dispose(): void {
    for (const tensor of this.#held.values()) this.#ops.dispose(tensor);
    this.#held.clear();
  }

  #rows(channels: number, first: number, second: number): T {
    const key = [channels, first, second].join(' ');
    const known = this.#held.get(key);
    if (known) return known;
    const values = new Float64Array(2 * channels).fill(first, 0, channels).fill(second, channels);
    const tensor = this.#ops.upload(values, [2, channels]);
    this.#held.set(key, tensor);
    return tensor;
  }
}

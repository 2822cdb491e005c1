/** How far single values lie from the moving average through which they are read. */
import { Growing } from './growing.ts';
import { Smoother } from './smooth.ts';

/**
 * The root of the moving average, of the same weight, of squared distances from the average: the band around a smoothed curve
 * that holds about two of three values. It goes on where it stopped.
 */
export class Noise {
  readonly weight: number;
  readonly #squares = new Growing();
  readonly #std = new Growing();
  readonly #smoother: Smoother;

  /** `weight` in [0, 1): that of the average. */
  constructor(weight: number) {
    this.weight = weight;
    this.#smoother = new Smoother(weight);
  }

  /** Values that it knows. */
  get length(): number {
    return this.#std.length;
  }

  /** One for each of `averages`, which are those of `values`; what an earlier call was given must be their beginning. `steps` as of a Smoother. */
  extend(
    values: ArrayLike<number>,
    averages: ArrayLike<number>,
    steps: ArrayLike<number> | null = null,
  ): Float64Array {
    const { length } = averages;
    for (let i = this.#squares.length; i < length; i++) this.#squares.push((values[i]! - averages[i]!) ** 2);
    const squares = this.#smoother.extend(this.#squares.first(length), steps);
    for (let i = this.#std.length; i < length; i++) this.#std.push(Math.sqrt(squares[i]!));
    return this.#std.first(length);
  }
}

/** Several runs of one configuration as one curve. */
import { Growing } from './growing.ts';

/** Mean and sample standard deviation over series at each step that all of them have; it goes on where it stopped. */
export class Spread {
  readonly #mean = new Growing();
  readonly #std = new Growing();

  /** The series of an earlier call must be the beginnings of these. Needs at least one; of one the std is 0. */
  extend(series: readonly ArrayLike<number>[]): {
    readonly mean: Float64Array;
    readonly std: Float64Array;
  } {
    const length = Math.min(...series.map((one) => one.length));
    for (let i = this.#mean.length; i < length; i++) {
      let sum = 0;
      for (const one of series) sum += one[i]!;
      const mean = sum / series.length;
      let squares = 0;
      for (const one of series) squares += (one[i]! - mean) ** 2;
      this.#mean.push(mean);
      this.#std.push(Math.sqrt(squares / Math.max(1, series.length - 1)));
    }
    return { mean: this.#mean.first(length), std: this.#std.first(length) };
  }
}

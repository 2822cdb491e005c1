/** The moving average through which curves are read. */
import { Growing } from './growing.ts';

/**
 * The bias-corrected exponential moving average (as Adam corrects its moments): of one value it is that value, of a
 * constant series it is the constant. `weight` in [0, 1) is what the past keeps at each step; 0 changes nothing.
 * It goes on where it stopped, so that a series that grows is never averaged anew.
 *
 * A value that is not finite is kept in its place and left out of the average, so that a diverged step stays visible
 * and hides nothing that comes before it.
 */
export class Smoother {
  readonly weight: number;
  readonly #smoothed = new Growing();
  #moment = 0;
  #mass = 0;

  constructor(weight: number) {
    if (!(weight >= 0 && weight < 1)) throw new RangeError(`smoothing weight ${weight} is not in [0, 1)`);
    this.weight = weight;
  }

  /** The averages of `values`; those of an earlier call must be its beginning. */
  extend(values: ArrayLike<number>): Float64Array {
    const { weight } = this;
    for (let i = this.#smoothed.length; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) {
        this.#smoothed.push(value);
        continue;
      }
      this.#moment = weight * this.#moment + (1 - weight) * value;
      this.#mass = weight * this.#mass + (1 - weight);
      this.#smoothed.push(this.#moment / this.#mass);
    }
    return this.#smoothed.first(values.length);
  }
}

/** The averages of a series that is there whole. */
export const smooth = (values: ArrayLike<number>, weight: number): Float64Array =>
  new Smoother(weight).extend(values);

/** The moving average through which curves are read. */
import { Growing } from './growing.ts';

/**
 * The bias-corrected exponential moving average over steps (as Adam corrects its moments): of one value it is that value,
 * of a constant series it is the constant. `weight` in [0, 1) is what the past keeps at each step; 0 changes nothing.
 * It goes on where it stopped, so that a series that grows is never averaged anew.
 *
 * Steps weigh, not rows: a row stands for every step since the row before it, so that a curve that was logged rarely reads
 * like the same curve logged at every step. The first row stands for as many steps as the second one, but for none before
 * step 1: of what came before a log nothing is known.
 *
 * A value that is not finite is kept in its place and left out of the average with the steps that it stands for, so that a
 * diverged step stays visible and hides nothing that comes before it.
 */
export class Smoother {
  readonly weight: number;
  readonly #smoothed = new Growing();
  #moment = 0;
  #mass = 0;
  #last = 0;
  /** The stretch of the last row, and what the past keeps over it: most logs have one stretch. */
  #stretch = 1;
  #kept: number;

  constructor(weight: number) {
    if (!(weight >= 0 && weight < 1)) throw new RangeError(`smoothing weight ${weight} is not in [0, 1)`);
    this.weight = this.#kept = weight;
  }

  /** Rows that were averaged so far. */
  get length(): number {
    return this.#smoothed.length;
  }

  /**
   * The averages of `values`, one for each; those of an earlier call must be its beginning. `steps` are theirs, ascending
   * from 1 or later; null if there is a value for each step from 1.
   */
  extend(values: ArrayLike<number>, steps: ArrayLike<number> | null = null): Float64Array {
    for (let i = this.#smoothed.length; i < values.length; i++) {
      const step = steps ? steps[i]! : i + 1;
      const stretch = i === 0 ? 1 : step - this.#last;
      // Only the second row tells how far the log of a run reaches back that does not begin with its first step.
      if (i === 1 && this.#mass > 0) this.#weigh(values[0]!, Math.min(this.#last, stretch), 0);
      this.#last = step;
      const value = values[i]!;
      if (!Number.isFinite(value)) {
        this.#smoothed.push(value);
        continue;
      }
      this.#weigh(value, stretch, this.#mass);
      this.#smoothed.push(this.#moment / this.#mass);
    }
    return this.#smoothed.first(values.length);
  }

  /** Takes a value in that stands for `steps` steps, behind a past of the mass `before`. */
  #weigh(value: number, steps: number, before: number): void {
    if (steps !== this.#stretch) {
      this.#stretch = steps;
      this.#kept = steps === 1 ? this.weight : this.weight ** steps;
    }
    const kept = this.#kept;
    const moment = before === 0 ? 0 : this.#moment;
    this.#moment = kept * moment + (1 - kept) * value;
    this.#mass = kept * before + (1 - kept);
  }
}

/** The averages of a series that is there whole. */
export const smooth = (
  values: ArrayLike<number>,
  weight: number,
  steps: ArrayLike<number> | null = null,
): Float64Array => new Smoother(weight).extend(values, steps);

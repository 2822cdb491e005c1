/** How often which values occur: histograms on given bins, and a range that holds nearly all of some numbers. */

export interface Histogram {
  /** How many values each bin holds, the lowest first. The outermost hold what lies beyond them, too. */
  readonly counts: Uint32Array;
  /** Values that are exactly zero; they are in a bin as well. */
  readonly zeros: number;
  /** Values that are NaN, and in no bin. */
  readonly missing: number;
  /** Of the values that are numbers; NaN of none. */
  readonly mean: number;
  readonly deviation: number;
}

/** Histograms of `bins` bins of one width from `from` to `to`; a bin holds its lower edge. Values can be added in parts. */
export class Counting {
  readonly #counts: Uint32Array;
  #zeros = 0;
  #missing = 0;
  #sum = 0;
  #squares = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
    bins: number,
  ) {
    this.#counts = new Uint32Array(bins);
  }

  add(values: ArrayLike<number>): void {
    const counts = this.#counts;
    const last = counts.length - 1;
    const scale = counts.length / (this.to - this.from);
    let [zeros, missing, sum, squares] = [0, 0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) {
        missing++;
        continue;
      }
      if (value === 0) zeros++;
      sum += value;
      squares += value * value;
      counts[Math.min(last, Math.max(0, Math.floor((value - this.from) * scale)))]!++;
    }
    this.#zeros += zeros;
    this.#missing += missing;
    this.#sum += sum;
    this.#squares += squares;
  }

  result(): Histogram {
    const count = this.#counts.reduce((all, one) => all + one, 0);
    const mean = this.#sum / count;
    return {
      counts: this.#counts,
      zeros: this.#zeros,
      missing: this.#missing,
      mean,
      // A little below zero where all are equal.
      deviation: Math.sqrt(Math.max(0, this.#squares / count - mean * mean)),
    };
  }
}

/** Bins for each doubling of a magnitude. */
const PER_OCTAVE = 16;
/** The smallest and largest powers of two that are told apart. */
const [SMALLEST, LARGEST] = [-40, 40];

/** The sizes of many numbers, roughly: enough to say below what nearly all of them lie. */
export class Magnitudes {
  readonly #counts = new Float64Array((LARGEST - SMALLEST) * PER_OCTAVE);
  #total = 0;

  /** NaN and infinities are left out. */
  add(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) {
      const size = Math.abs(values[i]!);
      if (!Number.isFinite(size)) continue;
      this.#total++;
      const octave = Math.max(SMALLEST, Math.log2(size)) - SMALLEST;
      this.#counts[Math.min(this.#counts.length - 1, Math.floor(octave * PER_OCTAVE))]!++;
    }
  }

  /** A magnitude that at least this share of the values does not exceed, by a twentieth too much at most; 0 of none. */
  below(share: number): number {
    let count = 0;
    for (const [i, own] of this.#counts.entries()) {
      count += own;
      if (this.#total > 0 && count >= share * this.#total) return 2 ** (SMALLEST + (i + 1) / PER_OCTAVE);
    }
    return 0;
  }
}

const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The smallest round number that is not below a positive one: 0.13 gives 0.15. */
export function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = ROUND.find((round) => round * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(6));
}

/** At most `most` of some items, spread evenly, the first and the last among them. */
export const spread = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);

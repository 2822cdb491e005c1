/** A series of numbers that grows at its end, seen as a value: appending gives a new one and leaves the old as it was. */

interface Storage {
  values: Float64Array;
  /** Entries written; a series that ends here may go on in place. */
  used: number;
}

/**
 * Series share storage as long as each is appended to once, which makes growing cheap; appending to an older series
 * copies. So a series in the store is compared by identity and read without copying.
 */
export class Series {
  static readonly empty = new Series({ values: new Float64Array(0), used: 0 }, 0, {});

  /** The numbers of an array that belongs to the series from now on: nothing is copied. */
  static over(values: Float64Array): Series {
    return values.length === 0
      ? Series.empty
      : new Series({ values, used: values.length }, values.length, {});
  }

  readonly length: number;
  /** The same for a series and what it grows into, and for no other: what is computed from it can go on by this. */
  readonly origin: object;
  readonly #storage: Storage;

  private constructor(storage: Storage, length: number, origin: object) {
    this.#storage = storage;
    this.length = length;
    this.origin = origin;
  }

  /** The numbers, as a view: not to be written to. */
  get values(): Float64Array {
    return this.#storage.values.subarray(0, this.length);
  }

  get last(): number | undefined {
    return this.at(this.length - 1);
  }

  at(index: number): number | undefined {
    return index >= 0 && index < this.length ? this.#storage.values[index] : undefined;
  }

  append(added: ArrayLike<number>): Series {
    if (added.length === 0) return this;
    const length = this.length + added.length;
    let storage = this.#storage;
    const goesOn = this.length > 0 && storage.used === this.length;
    if (storage.used !== this.length || length > storage.values.length) {
      const values = new Float64Array(Math.max(64, 2 * length));
      values.set(this.values);
      // Who appends to this series once more branches off.
      if (goesOn) storage.used = -1;
      storage = { values, used: this.length };
    }
    storage.values.set(added, this.length);
    storage.used = length;
    return new Series(storage, length, goesOn ? this.origin : {});
  }
}

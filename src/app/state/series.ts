/** A series of numbers that grows at its end, seen as a value: appending gives a new one and leaves the old as it was. */

interface Storage {
  values: Float64Array;
  /** 1 for an entry of which nothing was logged; null as long as there is none. */
  absent: Uint8Array | null;
  /** Entries written; a series that ends here may go on in place. */
  used: number;
}

/**
 * Series share storage as long as each is appended to once, which makes growing cheap; appending to an older series
 * copies. So a series in the store is compared by identity and read without copying.
 *
 * An entry may be absent: nothing was logged of it, as where a cell of a table is empty. That is another thing than NaN, which
 * was logged. As a number an absent entry is NaN.
 */
export class Series {
  static readonly empty = new Series({ values: new Float64Array(0), absent: null, used: 0 }, 0, {});

  /** The numbers of an array that belongs to the series from now on, as does what is 1 for absent entries: nothing is copied. */
  static over(values: Float64Array, absent: Uint8Array | null = null): Series {
    const { length } = values;
    return length === 0 ? Series.empty : new Series({ values, absent, used: length }, length, {});
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

  /** The last that was logged. */
  get last(): number | undefined {
    let index = this.length - 1;
    while (this.isAbsent(index)) index--;
    return this.at(index);
  }

  at(index: number): number | undefined {
    return index >= 0 && index < this.length ? this.#storage.values[index] : undefined;
  }

  /** Whether it has an entry here of which nothing was logged. */
  isAbsent(index: number): boolean {
    return index >= 0 && index < this.length && this.#storage.absent?.[index] === 1;
  }

  /** 1 for an absent entry, as a view: not to be written to; null where none is. */
  get absent(): Uint8Array | null {
    return this.hasAbsent ? this.#storage.absent!.subarray(0, this.length) : null;
  }

  /** Whether entries are absent. */
  get hasAbsent(): boolean {
    return this.#storage.absent?.subarray(0, this.length).includes(1) ?? false;
  }

  /** With further entries; null where nothing was logged. */
  append(added: ArrayLike<number | null>): Series {
    if (added.length === 0) return this;
    const length = this.length + added.length;
    let storage = this.#storage;
    const goesOn = this.length > 0 && storage.used === this.length;
    if (storage.used !== this.length || length > storage.values.length) {
      const values = new Float64Array(Math.max(64, 2 * length));
      values.set(this.values);
      let absent: Uint8Array | null = null;
      if (storage.absent) {
        absent = new Uint8Array(values.length);
        absent.set(storage.absent.subarray(0, this.length));
      }
      // Who appends to this series once more branches off.
      if (goesOn) storage.used = -1;
      storage = { values, absent, used: this.length };
    }
    write(storage, added, this.length);
    storage.used = length;
    return new Series(storage, length, goesOn ? this.origin : {});
  }
}

function write(storage: Storage, added: ArrayLike<number | null>, at: number): void {
  const { values } = storage;
  for (let i = 0; i < added.length; i++) {
    const value = added[i] ?? null;
    values[at + i] = value ?? NaN;
    if (value !== null) continue;
    storage.absent ??= new Uint8Array(values.length);
    storage.absent[at + i] = 1;
  }
}

/** Many that stay empty cost nothing. */
const nothing = new Float64Array(0);
const FIRST_ROOM = 64;

/** Numbers that grow at their end, in one buffer that doubles. What was read of it stays as it was. */
export class Growing {
  #buffer = nothing;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The first `length` numbers, as a view: not to be written to. */
  first(length: number): Float64Array {
    return this.#buffer.subarray(0, Math.min(length, this.#length));
  }

  push(value: number): void {
    if (this.#length === this.#buffer.length) {
      const wider = new Float64Array(Math.max(FIRST_ROOM, 2 * this.#length));
      wider.set(this.#buffer);
      this.#buffer = wider;
    }
    this.#buffer[this.#length++] = value;
  }
}

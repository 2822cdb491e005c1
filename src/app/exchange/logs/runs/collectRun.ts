/** The rows of one run, put together by step. */
import type { CurveKey, ExtraKey, Repeat } from '../columns/columnChoice.ts';

export type ValueKey = CurveKey | ExtraKey;

/** A step that comes again, to be said. */
export interface Again {
  readonly row: number;
  readonly step: number;
  readonly key: ValueKey;
}

/** What was done with steps that came again. */
export interface Repeated {
  /** Values that stood twice, equal. */
  identical: number;
  /** Values in the place of which a later one counts, and the first of these. */
  replaced: number;
  firstReplaced: Again | null;
  /** How often the counting began anew. */
  restarts: number;
  firstRestart: number | null;
}

/** One column of values, an entry a step. */
class Values {
  numbers = new Float64Array(FIRST_SIZE).fill(NaN);
  given = new Uint8Array(FIRST_SIZE);
  /** The step told last, of this stretch of ascending steps. */
  last = -Infinity;

  grow(length: number): void {
    const numbers = new Float64Array(length).fill(NaN, this.numbers.length);
    numbers.set(this.numbers);
    const given = new Uint8Array(length);
    given.set(this.given);
    [this.numbers, this.given] = [numbers, given];
  }
}

const FIRST_SIZE = 64;

export class RunCollector {
  readonly repeated: Repeated = {
    identical: 0,
    replaced: 0,
    firstReplaced: null,
    restarts: 0,
    firstRestart: null,
  };
  #steps = new Float64Array(FIRST_SIZE);
  #length = 0;
  readonly #values = new Map<ValueKey, Values>();
  /** The index of each step; made when one comes that is not the last. */
  #indexOf: Map<number, number> | null = null;
  #isAscending = true;
  /** Added to every step: what earlier stretches counted. */
  offset = 0;
  #most = -Infinity;
  #first: number | null = null;
  #interval = 1;

  constructor(
    readonly keys: readonly ValueKey[],
    readonly again: Repeat,
    /** Called where a step comes again and may not. */
    readonly refuse: (again: Again) => never,
  ) {
    for (const key of keys) this.#values.set(key, new Values());
  }

  /**
   * Begins a row of `step`, as the file counts it, that tells of `cells`. Whether the counting begins anew with it, so that it belongs to
   * another run where runs are split by that.
   */
  begins(
    row: number,
    step: number,
    cells: readonly { readonly key: ValueKey; readonly isCurve: boolean }[],
  ): boolean {
    if (!cells.some(({ key, isCurve }) => isCurve && this.#of(key).last > step)) return false;
    this.repeated.restarts++;
    this.repeated.firstRestart ??= row;
    if (this.again === 'split') return true;
    this.offset = this.#most + this.#interval - step;
    for (const values of this.#values.values()) values.last = -Infinity;
    return false;
  }

  add(row: number, step: number, key: ValueKey, number: number, isCurve: boolean): void {
    const values = this.#of(key);
    values.last = step;
    const index = this.#indexAt(step + this.offset);
    if (values.given[index] && isCurve) {
      if (Object.is(values.numbers[index], number)) {
        this.repeated.identical++;
        return;
      }
      if (this.again === 'refuse') this.refuse({ row, step, key });
      this.repeated.replaced++;
      this.repeated.firstReplaced ??= { row, step: step + this.offset, key };
    }
    values.numbers[index] = number;
    values.given[index] = 1;
  }

  #of = (key: ValueKey): Values => this.#values.get(key)!;

  #indexAt(step: number): number {
    const last = this.#length - 1;
    if (last >= 0 && this.#steps[last] === step) return last;
    if (step > this.#most) {
      if (this.#first === null) this.#first = step;
      else if (last === 0) this.#interval = step - this.#first;
      this.#most = step;
    } else {
      this.#indexOf ??= new Map(Array.from(this.#steps.subarray(0, this.#length), (one, i) => [one, i]));
      const known = this.#indexOf.get(step);
      if (known !== undefined) return known;
      this.#isAscending = false;
    }
    if (this.#length === this.#steps.length) this.#grow();
    this.#steps[this.#length] = step;
    this.#indexOf?.set(step, this.#length);
    return this.#length++;
  }

  #grow(): void {
    const steps = new Float64Array(2 * this.#length);
    steps.set(this.#steps);
    this.#steps = steps;
    for (const values of this.#values.values()) values.grow(steps.length);
  }

  /** Steps in order, and of each key its numbers, NaN where there is none, and whether there is one. */
  finish(): Collected {
    const length = this.#length;
    const order = this.#isAscending ? null : Uint32Array.from({ length }, (_, i) => i);
    order?.sort((a, b) => this.#steps[a]! - this.#steps[b]!);
    const numbers = (all: Float64Array) =>
      order && all.length > 0 ? Float64Array.from(order, (i) => all[i]!) : all.slice(0, length);
    const flags = (all: Uint8Array) =>
      order && all.length > 0 ? Uint8Array.from(order, (i) => all[i]!) : all.slice(0, length);
    const none = new Float64Array(0);
    return {
      steps: numbers(this.#steps),
      numbersOf: (key) => numbers(this.#values.get(key)?.numbers ?? none),
      givenOf: (key) => flags(this.#values.get(key)?.given ?? new Uint8Array(0)),
    };
  }
}

/** Arrays have an entry a step; those of a key that no column tells of are empty. */
export interface Collected {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly numbersOf: (key: ValueKey) => Float64Array<ArrayBuffer>;
  /** 1 where there is a number. */
  readonly givenOf: (key: ValueKey) => Uint8Array<ArrayBuffer>;
}

/** The rows of one run, put together by step. */
import type { CurveKey, ExtraKey, Repeat } from './columnChoice.ts';

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
  readonly numbers: number[] = [];
  readonly given: boolean[] = [];
  /** The step told last, of this stretch of ascending steps. */
  last = -Infinity;
}

export class RunCollector {
  readonly repeated: Repeated = { identical: 0, replaced: 0, firstReplaced: null, restarts: 0, firstRestart: null };
  readonly #steps: number[] = [];
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
   * Begins a row of `step`, as the file counts it; `keys` are the curves that it tells of. Whether the counting begins anew with it, so
   * that it belongs to another run where runs are split by that.
   */
  begins(row: number, step: number, keys: readonly ValueKey[]): boolean {
    if (this.again !== 'append' && this.again !== 'split') return false;
    const isBack = keys.some((key) => this.#of(key).last > step);
    if (!isBack) return false;
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
    values.given[index] = true;
  }

  #of = (key: ValueKey): Values => this.#values.get(key)!;

  #indexAt(step: number): number {
    const last = this.#steps.length - 1;
    if (last >= 0 && this.#steps[last] === step) return last;
    if (step > this.#most) {
      if (this.#first === null) this.#first = step;
      else if (last === 0) this.#interval = step - this.#first;
      this.#most = step;
    } else {
      this.#indexOf ??= new Map(this.#steps.map((one, i) => [one, i]));
      const known = this.#indexOf.get(step);
      if (known !== undefined) return known;
      this.#isAscending = false;
    }
    const index = this.#steps.push(step) - 1;
    this.#indexOf?.set(step, index);
    for (const values of this.#values.values()) {
      values.numbers.push(NaN);
      values.given.push(false);
    }
    return index;
  }

  /** Steps in order, and of each key its numbers, NaN where there is none, and whether there is one. */
  finish(): Collected {
    const { length } = this.#steps;
    const order = Array.from({ length }, (_, i) => i);
    if (!this.#isAscending) order.sort((a, b) => this.#steps[a]! - this.#steps[b]!);
    const sorted = <T>(all: readonly T[]) => (this.#isAscending ? all : order.map((i) => all[i]!));
    return {
      steps: sorted(this.#steps),
      numbersOf: (key) => sorted(this.#values.get(key)?.numbers ?? []),
      givenOf: (key) => sorted(this.#values.get(key)?.given ?? []),
    };
  }
}

export interface Collected {
  readonly steps: readonly number[];
  /** Empty for a key that no column tells of. */
  readonly numbersOf: (key: ValueKey) => readonly number[];
  readonly givenOf: (key: ValueKey) => readonly boolean[];
}

/** How long a look still takes, by its own pace. */
import { steadyLeft, type ShownLeft } from '../runs/steadyLeft.ts';

/** Seconds that a pace takes to be known: before, threads start and kernels are compiled. */
const KNOWN_AFTER = 3;
/** Fewer seconds are over before they are read. */
const LEAST = 5;

interface Heard {
  readonly seconds: number;
  readonly done: number;
}

export class TimeLeft {
  #first: Heard | null = null;
  #shown: ShownLeft | null = null;

  /** Seconds that are left after `done` of `total`, at a clock that says `seconds`; null while that is not known, and when it is nearly over. */
  after(done: number, total: number, seconds: number): number | null {
    this.#first ??= { seconds, done };
    const spent = seconds - this.#first.seconds;
    const since = done - this.#first.done;
    if (spent < KNOWN_AFTER || since <= 0) return null;
    this.#shown = steadyLeft(this.#shown, (spent / since) * (total - done), spent);
    return this.#shown.left < LEAST ? null : this.#shown.left;
  }
}

/**
 * What a pool and its helpers share besides tensors: a block of 32-bit words on the heap. The pool writes a kernel's number and
 * arguments, then counts SEQUENCE up. Every share is claimed by its helper or, if that has not come by then, by the pool; who has
 * done a helper's share counts PENDING down.
 */
import type { Pointer } from '../host/kernels.ts';

/** Jobs given out so far. Helpers wait for it to change. */
export const SEQUENCE = 0;
/** Helpers' shares not yet done, on a cache line of its own. The pool waits for it to change. */
export const PENDING = 16;
/** 1 once a helper's kernel has thrown. */
export const FAILED = 32;
/** Index of the job's kernel among the module's exports. */
export const KERNEL = 33;
export const ARGUMENT_COUNT = 34;
export const ARGUMENTS = 35;
const CLAIMS = 64;
const CACHE_LINE = 16;

/** The word of a share, on a cache line of its own: the last job in which it was claimed. */
export const claimOf = (part: number) => CLAIMS + CACHE_LINE * part;
/** Words of the block. */
export const controlLength = (parts: number) => claimOf(parts);

/** Claims a share of job `sequence`. True for one thread only. */
export const claim = (control: Int32Array, part: number, sequence: number): boolean =>
  Atomics.compareExchange(control, claimOf(part), (sequence - 1) | 0, sequence) === ((sequence - 1) | 0);

/** What a helper is started with. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Pointer;
  /** Which share of all `parts` it does. */
  readonly part: number;
  readonly parts: number;
}

/**
 * Starts a helper on a thread of its own and waits until it is ready: its thread calls `help`. `onLost` is told if the thread ends
 * or breaks later, where that can be known.
 */
export type StartHelper = (start: HelperStart, onLost: (why: string) => void) => Promise<void>;

/**
 * Looks this many times (some 20 us) before it sleeps: jobs follow one another more closely than a sleeper wakes, but
 * whoever looks for long takes the core from another lane.
 */
const LOOKS = 5000;

/** Waits until word `index` is not `value` any more, `milliseconds` at most, and gives what it is. */
export function waitForChange(
  control: Int32Array,
  index: number,
  value: number,
  milliseconds = Infinity,
): number {
  for (let look = 0; look < LOOKS; look++) {
    const now = Atomics.load(control, index);
    if (now !== value) return now;
  }
  Atomics.wait(control, index, value, milliseconds);
  return Atomics.load(control, index);
}

import type { Comparable } from './pairs.ts';

/** A test of a net: its error on so many test images, 0 to 1. */
export interface Test {
  readonly step: number;
  readonly error: number;
  readonly images: number;
}

/** What of a run is looked at when it is compared. */
export interface ComparedRun extends Comparable {
  readonly id: string;
  /** Training error of each step from the first, 0 to 1; null if it is not known of each. */
  readonly error: ArrayLike<number> | null;
  /** Whether no more steps will come. */
  readonly ended: boolean;
  readonly tests: readonly Test[];
  /** The errors by seed, of all runs like it that took all their steps here; empty while it trains, or if it did not. */
  readonly seeds: ReadonlyMap<number, ArrayLike<number>>;
}

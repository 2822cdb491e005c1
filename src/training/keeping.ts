import type { CheckpointReason } from '../protocol/keeping.ts';

/** What is kept of a run while it trains, by whom it belongs to: asked between steps, when all before is told. */
export interface Keeping {
  /** Why the moment after `step` steps is to be kept; null if it is not. Asked once a step, 0 before the first. */
  due(step: number): CheckpointReason | null;
  /** Takes the present moment at once; training waits for the promise, and fails if it rejects. */
  keep(why: CheckpointReason): Promise<void>;
  /** Resolves when all that was taken is kept, or could not be. */
  settled(): Promise<void>;
}

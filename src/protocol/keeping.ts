/** What is kept of a run while it trains, as the training worker tells it. Types only. */
import type { DeviceDifference } from '../model/checkpointDevice.ts';
import type { Failure } from './events.ts';

/** Why a moment is kept. */
export type CheckpointReason =
  /** Its step is one of 0, 1, 2, 5, 10, 20, 50, ... (model/ladder.ts). */
  | 'ladder'
  /** Enough steps, or enough time, went by since the last. */
  | 'interval'
  /** The run was paused. */
  | 'pause'
  /** The page asked for it. */
  | 'asked'
  /** Training is over: the budget is spent, or a person stopped it. Its evaluation at the end may be still to come. */
  | 'end';

/** A moment of a run, between two steps. */
export interface KeptCheckpoint {
  /** Steps taken; the number, too, of the batch that comes next. */
  readonly step: number;
  readonly why: CheckpointReason;
  /**
   * Whether the evaluation that is due after `step` was still to come: who goes on from here is told it anew, and an evaluation of
   * this step that came after the checkpoint is not to be told twice.
   */
  readonly evaluationDue: boolean;
  /** See model/checkpoint.ts. */
  readonly file: ArrayBuffer;
}

/** A moment that could not be kept; training goes on. */
export interface Unkept {
  readonly step: number;
  readonly why: CheckpointReason;
  readonly failure: Failure;
}

/** From where a run went on. */
export interface Resumed {
  readonly step: number;
  /** See {@link KeptCheckpoint.evaluationDue}. */
  readonly evaluationDue: boolean;
  /** In what the device differs from the one before: where this is not empty, the last bits may differ. */
  readonly differences: readonly DeviceDifference[];
}

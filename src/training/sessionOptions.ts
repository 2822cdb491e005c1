import type { Checkpoint } from '../model/checkpoint.ts';
import type { Clock } from '../model/clock.ts';
import type { RunConfig } from '../model/config.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { Emit } from '../protocol/events.ts';
import type { BatchSource } from '../protocol/source.ts';
import type { TakeTurn } from './firstTurn.ts';
import type { Keeping } from './keeping.ts';

export interface SessionOptions<T extends TensorLike> {
  readonly run: RunConfig;
  readonly ops: TrainingOps<T>;
  readonly source: BatchSource;
  readonly emit: Emit;
  readonly clock: Clock;
  /** Safetensors to start from, instead of the seed's weights. */
  readonly weights?: ArrayBuffer;
  /** A moment of this run to go on from; `source` then deals its next batch first. */
  readonly checkpoint?: Checkpoint;
  readonly keeping?: Keeping;
  /** The lane's turn to compile and to take its first step, if lanes take turns. */
  readonly takeTurn?: TakeTurn;
  /** Awaited after every step, where the source alone does not let the event loop turn. */
  readonly breathe?: () => Promise<void>;
  /** Whether norms of gradients are read from the device and told: only where somebody wants them. */
  readonly gradientNorms?: boolean;
}

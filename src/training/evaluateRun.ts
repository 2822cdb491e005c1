import type { RunConfig } from '../model/config.ts';
import type { BatchSource } from '../protocol/source.ts';
import { OpsGoneError, type TensorLike } from '../kernels/ops.ts';
import type { Clock } from '../model/clock.ts';
import type { EvaluationEvent, Failure, UnevaluatedEvent } from '../protocol/events.ts';
import { LaneError } from '../protocol/laneError.ts';
import type { StopSignal } from './stopSignal.ts';
import type { Trainer } from './trainer.ts';

/** Images for each turn of an evaluation: as training's, whose memory it then takes, but not very few nor very many. */
export const evaluationBatch = ({ batchSize }: Pick<RunConfig, 'batchSize'>): number =>
  Math.min(200, Math.max(32, batchSize));

export interface EvaluationOptions<T extends TensorLike> {
  readonly trainer: Trainer<T>;
  readonly source: BatchSource;
  readonly run: RunConfig;
  readonly clock: Clock;
  readonly stop: StopSignal;
  readonly failureOf: (error: unknown) => Failure;
  /** Steps taken. */
  readonly step: number;
  /** Test images. */
  readonly images: number;
}

/**
 * What is to be told of an evaluation; null if the run was ended on the way, by a person or by what failed elsewhere: the test is still
 * to come, for whoever goes on with the run. Rejects if the source or the device is gone, without which the run cannot go on either; any
 * other test that cannot be had costs a run nothing of what it has learned.
 */
export async function evaluateRun<T extends TensorLike>({
  trainer,
  source,
  run,
  clock,
  stop,
  failureOf,
  step,
  images,
}: EvaluationOptions<T>): Promise<EvaluationEvent | UnevaluatedEvent | null> {
  const complete = images >= source.testImages;
  const begun = clock.seconds();
  try {
    const batches = stop.during(source.evaluation(images, evaluationBatch(run)));
    const score = await trainer.evaluate(batches, () => stop.raised);
    if (!score || stop.raised) return null;
    return { kind: 'evaluation', step, ...score, complete, seconds: clock.seconds() - begun };
  } catch (error) {
    if (stop.raised) return null;
    if (error instanceof LaneError || error instanceof OpsGoneError) throw error;
    return { kind: 'unevaluated', step, complete, failure: failureOf(error) };
  }
}

/** Runs as plain data that crosses from a worker without being copied. */
import type { Evaluation, Run } from '../store/run.ts';
import { Series } from '../store/series.ts';

type SeriesKey =
  | 'loss'
  | 'error'
  | 'learningRate'
  | 'trainingSeconds'
  | 'wallSeconds'
  | 'epoch'
  | 'speedSteps'
  | 'imagesPerSecond';

export interface RunData {
  readonly rest: Omit<Run, SeriesKey | 'loggedSteps' | 'evaluations'>;
  readonly series: Readonly<Record<SeriesKey, Float64Array<ArrayBuffer>>>;
  readonly loggedSteps: Float64Array<ArrayBuffer> | null;
  readonly evaluations: EvaluationData;
}

/** An entry an evaluation. */
interface EvaluationData {
  readonly step: Float64Array<ArrayBuffer>;
  readonly images: Float64Array<ArrayBuffer>;
  readonly loss: Float64Array<ArrayBuffer>;
  readonly error: Float64Array<ArrayBuffer>;
  readonly seconds: Float64Array<ArrayBuffer>;
  /** What is not null, and whether it was complete. */
  readonly flags: Uint8Array<ArrayBuffer>;
}

const COMPLETE = 1;
const HAS_IMAGES = 2;
const HAS_SECONDS = 4;

export function packRun(run: Run): RunData {
  const { loss, error, learningRate, trainingSeconds, wallSeconds, epoch, speedSteps, imagesPerSecond, loggedSteps, evaluations, ...rest } = run; // prettier-ignore
  const numbers = (of: (evaluation: Evaluation) => number) => Float64Array.from(evaluations, of);
  return {
    rest,
    series: {
      loss: loss.values.slice(),
      error: error.values.slice(),
      learningRate: learningRate.values.slice(),
      trainingSeconds: trainingSeconds.values.slice(),
      wallSeconds: wallSeconds.values.slice(),
      epoch: epoch.values.slice(),
      speedSteps: speedSteps.values.slice(),
      imagesPerSecond: imagesPerSecond.values.slice(),
    },
    loggedSteps: loggedSteps && loggedSteps.values.slice(),
    evaluations: {
      step: numbers(({ step }) => step),
      images: numbers(({ images }) => images ?? 0),
      loss: numbers((one) => one.loss),
      error: numbers((one) => one.error),
      seconds: numbers(({ seconds }) => seconds ?? 0),
      flags: Uint8Array.from(
        evaluations,
        ({ complete, images, seconds }) =>
          (complete ? COMPLETE : 0) |
          (images === null ? 0 : HAS_IMAGES) |
          (seconds === null ? 0 : HAS_SECONDS),
      ),
    },
  };
}

/** What is handed over rather than copied. */
export function buffersOf({ series, loggedSteps, evaluations }: RunData): ArrayBuffer[] {
  const { step, images, loss, error, seconds, flags } = evaluations;
  const all: (Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>)[] = [
    step,
    images,
    loss,
    error,
    seconds,
    flags,
  ];
  all.push(...Object.values<Float64Array<ArrayBuffer>>(series), ...(loggedSteps ? [loggedSteps] : []));
  return all.map((values) => values.buffer);
}

/** Evaluations that are made at a time: some milliseconds. */
const AT_A_TIME = 20_000;

/** The run; `breathe` is awaited in the middle of long work, so that a page goes on living. */
export async function unpackRun(data: RunData, breathe: () => Promise<unknown>): Promise<Run> {
  const { rest, series, loggedSteps, evaluations } = data;
  const { step, images, loss, error, seconds, flags } = evaluations;
  const made: Evaluation[] = [];
  for (let i = 0; i < step.length; i++) {
    if (i > 0 && i % AT_A_TIME === 0) await breathe();
    const flag = flags[i]!;
    made.push({
      step: step[i]!,
      images: flag & HAS_IMAGES ? images[i]! : null,
      complete: (flag & COMPLETE) > 0,
      loss: loss[i]!,
      error: error[i]!,
      seconds: flag & HAS_SECONDS ? seconds[i]! : null,
    });
  }
  return {
    ...rest,
    loss: Series.over(series.loss),
    error: Series.over(series.error),
    learningRate: Series.over(series.learningRate),
    trainingSeconds: Series.over(series.trainingSeconds),
    wallSeconds: Series.over(series.wallSeconds),
    epoch: Series.over(series.epoch),
    speedSteps: Series.over(series.speedSteps),
    imagesPerSecond: Series.over(series.imagesPerSecond),
    loggedSteps: loggedSteps && Series.over(loggedSteps),
    evaluations: made,
  };
}

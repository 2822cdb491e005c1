/** Runs as plain data that crosses from a worker without being copied. */
import type { Evaluation, Run } from '../../../state/run.ts';
import { Series } from '../../../state/series.ts';

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
  readonly series: Readonly<Record<SeriesKey, SeriesData>>;
  readonly loggedSteps: Float64Array<ArrayBuffer> | null;
  readonly evaluations: EvaluationData;
}

interface SeriesData {
  readonly values: Float64Array<ArrayBuffer>;
  /** 1 for an entry of which nothing was logged. */
  readonly absent: Uint8Array<ArrayBuffer> | null;
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
const HAS_LOSS = 8;
const HAS_ERROR = 16;

const dataOf = (series: Series): SeriesData => ({
  values: series.values.slice(),
  absent: series.absent?.slice() ?? null,
});
const seriesOf = ({ values, absent }: SeriesData): Series => Series.over(values, absent);

export function packRun(run: Run): RunData {
  const { loss, error, learningRate, trainingSeconds, wallSeconds, epoch, speedSteps, imagesPerSecond, loggedSteps, evaluations, ...rest } = run; // prettier-ignore
  const numbers = (of: (evaluation: Evaluation) => number) => Float64Array.from(evaluations, of);
  return {
    rest,
    series: {
      loss: dataOf(loss),
      error: dataOf(error),
      learningRate: dataOf(learningRate),
      trainingSeconds: dataOf(trainingSeconds),
      wallSeconds: dataOf(wallSeconds),
      epoch: dataOf(epoch),
      speedSteps: dataOf(speedSteps),
      imagesPerSecond: dataOf(imagesPerSecond),
    },
    loggedSteps: loggedSteps && loggedSteps.values.slice(),
    evaluations: {
      step: numbers(({ step }) => step),
      images: numbers(({ images }) => images ?? 0),
      loss: numbers((one) => one.loss ?? 0),
      error: numbers((one) => one.error ?? 0),
      seconds: numbers(({ seconds }) => seconds ?? 0),
      flags: Uint8Array.from(
        evaluations,
        ({ complete, images, seconds, loss: testLoss, error: testError }) =>
          (complete ? COMPLETE : 0) |
          (images === null ? 0 : HAS_IMAGES) |
          (seconds === null ? 0 : HAS_SECONDS) |
          (testLoss === null ? 0 : HAS_LOSS) |
          (testError === null ? 0 : HAS_ERROR),
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
  for (const { values, absent } of Object.values(series)) all.push(values, ...(absent ? [absent] : []));
  if (loggedSteps) all.push(loggedSteps);
  return all.map((values) => values.buffer);
}

/** Evaluations that are made at a time: some milliseconds. */
const AT_A_TIME = 20_000;
/** What a run takes by itself, in evaluations. */
const OF_A_RUN = 1000;

/** The runs; `breathe` is awaited in the middle of long work and at its end, so that a page goes on living. */
export async function unpackRuns(
  all: readonly RunData[],
  breathe: () => Promise<unknown>,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let done = 0;
  const after = async (work: number) => {
    done += work;
    if (done < AT_A_TIME) return;
    done = 0;
    await breathe();
  };
  for (const data of all) {
    const evaluations: Evaluation[] = [];
    while (evaluations.length < data.evaluations.step.length) {
      const before = evaluations.length;
      addEvaluations(evaluations, data.evaluations, AT_A_TIME - done);
      await after(evaluations.length - before);
    }
    runs.push(runOf(data, evaluations));
    await after(OF_A_RUN);
  }
  // What is done with them is a task of its own.
  await breathe();
  return runs;
}

/** Adds at most `count` evaluations to those that were made. */
function addEvaluations(made: Evaluation[], data: EvaluationData, count: number): void {
  const { step, images, loss, error, seconds, flags } = data;
  const end = Math.min(step.length, made.length + count);
  for (let i = made.length; i < end; i++) {
    const flag = flags[i]!;
    made.push({
      step: step[i]!,
      images: flag & HAS_IMAGES ? images[i]! : null,
      complete: (flag & COMPLETE) > 0,
      loss: flag & HAS_LOSS ? loss[i]! : null,
      error: flag & HAS_ERROR ? error[i]! : null,
      seconds: flag & HAS_SECONDS ? seconds[i]! : null,
    });
  }
}

function runOf({ rest, series, loggedSteps }: RunData, evaluations: readonly Evaluation[]): Run {
  return {
    ...rest,
    loss: seriesOf(series.loss),
    error: seriesOf(series.error),
    learningRate: seriesOf(series.learningRate),
    trainingSeconds: seriesOf(series.trainingSeconds),
    wallSeconds: seriesOf(series.wallSeconds),
    epoch: seriesOf(series.epoch),
    speedSteps: seriesOf(series.speedSteps),
    imagesPerSecond: seriesOf(series.imagesPerSecond),
    loggedSteps: loggedSteps && Series.over(loggedSteps),
    evaluations,
  };
}

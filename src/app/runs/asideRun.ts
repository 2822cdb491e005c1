/** A run without its curve, which is kept elsewhere: its facts stand in. */
import type { Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { thinned } from './looks/spark.ts';
import { factsOf } from './table/runFacts.ts';

const seriesKeys = [
  'loss',
  'error',
  'learningRate',
  'trainingSeconds',
  'wallSeconds',
  'epoch',
  'speedSteps',
  'imagesPerSecond',
] as const satisfies readonly (keyof Run)[];

/** A few values of the run's training error. */
export const thumbnailOf = (run: Run): readonly number[] => run.summary?.curve ?? thinned(run.error.values);

/** What the series of a run take up. */
export const curveBytes = (run: Run): number =>
  run.summary?.bytes ??
  8 * seriesKeys.reduce((sum, key) => sum + run[key].length, run.loggedSteps?.length ?? 0);

export function asideRun(run: Run): Run {
  const { trainingError, testError, seconds, speed } = factsOf(run);
  return {
    ...run,
    ...Object.fromEntries(seriesKeys.map((key) => [key, Series.empty])),
    loggedSteps: null,
    summary: {
      trainingError,
      testError,
      seconds,
      speed,
      curve: thumbnailOf(run),
      bytes: curveBytes(run),
    },
  };
}

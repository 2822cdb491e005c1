/** From which steps of two runs their mean errors are taken. */
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';

/** Steps between two verdicts. */
export const INTERVAL = 25;

/** First and last step. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** How far a run has come. */
export interface Progress {
  readonly steps: number;
  readonly batchSize: number;
  /** Whether no more steps will come. */
  readonly ended: boolean;
}

/**
 * The windows of two runs that end when both have seen the same number of images: the last {@link ERROR_MEAN_STEPS} steps of the run
 * with the larger batch, and the steps in which the other saw as many. They end at multiples of {@link INTERVAL} steps (of the
 * larger batch), or where a finished run ends. Null before there are so many. That the last batch of an epoch is
 * shorter is left out of account.
 */
export function commonWindows(a: Progress, b: Progress): readonly [Window, Window] | null {
  const larger = Math.max(a.batchSize, b.batchSize);
  const seen = ({ steps, batchSize }: Progress) => steps * batchSize;
  const images = Math.min(seen(a), seen(b));
  const isFinal = [a, b].every((run) => run.ended || seen(run) > images);
  const whole = Math.floor(images / larger);
  const to = isFinal ? whole : whole - (whole % INTERVAL);
  if (to < ERROR_MEAN_STEPS) return null;
  const inStepsOf = ({ batchSize }: Progress): Window => ({
    from: Math.floor(((to - ERROR_MEAN_STEPS) * larger) / batchSize) + 1,
    to: Math.floor((to * larger) / batchSize),
  });
  return [inStepsOf(a), inStepsOf(b)];
}

export interface Moments {
  readonly mean: number;
  /** Counts the batches as independent and includes the trend, so it errs on the careful side. */
  readonly standardError: number;
}

/** Of the values of a window's steps, counted from 1. */
export function moments(values: ArrayLike<number>, { from, to }: Window): Moments {
  const count = to - from + 1;
  let sum = 0;
  for (let step = from; step <= to; step++) sum += values[step - 1]!;
  const mean = sum / count;
  let squares = 0;
  for (let step = from; step <= to; step++) squares += (values[step - 1]! - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}

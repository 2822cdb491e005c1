/**
 * A run as a compact file: errors as counts of wrong images, which is exact, losses to four digits, times to the
 * millisecond; what stays the same for many steps once. Nothing is left out.
 */
import type { RunConfig } from './config.ts';

export const RECORDING_FORMAT = 'residual-playground-recording';
export const RECORDING_VERSION = 1;

/** Equal values that follow each other: how many, and which. */
export type Stretch = readonly [count: number, value: number];

export interface Recording {
  readonly config: RunConfig;
  readonly end: { readonly reason: 'completed' | 'stopped' | 'diverged'; readonly divergedAt: number | null };
  /** Images of each step's batch. */
  readonly images: readonly Stretch[];
  readonly rates: readonly Stretch[];
  /** One entry a step: images of the batch that were classified wrongly; loss (nats), null where it was not finite. */
  readonly wrong: readonly number[];
  readonly loss: readonly (number | null)[];
  /** One entry a step: how long it took. */
  readonly milliseconds: readonly number[];
  readonly evaluations: readonly RecordedEvaluation[];
}

export interface RecordedEvaluation {
  readonly step: number;
  readonly images: number;
  readonly complete: boolean;
  readonly wrong: number;
  readonly loss: number | null;
  readonly seconds: number;
}

/** What the command line writes for each recording beside its file. */
export interface RecordingEntry {
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
  readonly config: RunConfig;
  readonly steps: number;
  /** What trained, with which program, on which day (2026-11-21). */
  readonly device: string;
  readonly commit: string;
  readonly date: string;
}

/** One step as it was trained: shares are 0 to 1, times seconds of training. */
export interface RecordedStep {
  readonly loss: number;
  readonly error: number;
  readonly learningRate: number;
  readonly epoch: number;
  readonly trainingSeconds: number;
}

/** The curves of a run, one entry a step, as they go into a file. `epochImages`: images of the training set. */
export function packSteps(
  steps: readonly RecordedStep[],
  epochImages: number,
): Pick<Recording, 'images' | 'rates' | 'wrong' | 'loss' | 'milliseconds'> {
  const images = differences(steps.map(({ epoch }) => Math.round(epoch * epochImages)));
  return {
    images: stretchesOf(images),
    rates: stretchesOf(steps.map(({ learningRate }) => fourDigits(learningRate) ?? 0)),
    wrong: steps.map(({ error }, i) => Math.round(error * (images[i] ?? 0))),
    loss: steps.map(({ loss }) => fourDigits(loss)),
    milliseconds: differences(steps.map(({ trainingSeconds }) => Math.round(1000 * trainingSeconds))),
  };
}

/** The curves again. */
export function unpackSteps(
  recording: Pick<Recording, 'images' | 'rates' | 'wrong' | 'loss' | 'milliseconds'>,
  epochImages: number,
): readonly RecordedStep[] {
  const images = valuesOf(recording.images);
  const rates = valuesOf(recording.rates);
  let [seen, milliseconds] = [0, 0];
  return recording.wrong.map((wrong, i) => {
    seen += images[i] ?? NaN;
    milliseconds += recording.milliseconds[i] ?? NaN;
    return {
      loss: recording.loss[i] ?? NaN,
      error: wrong / (images[i] ?? NaN),
      learningRate: rates[i] ?? NaN,
      epoch: seen / epochImages,
      trainingSeconds: milliseconds / 1000,
    };
  });
}

export const fourDigits = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(4)) : null;

const differences = (totals: readonly number[]): readonly number[] =>
  totals.map((total, i) => total - (totals[i - 1] ?? 0));

function stretchesOf(values: readonly number[]): readonly Stretch[] {
  const stretches: [number, number][] = [];
  for (const value of values) {
    const last = stretches.at(-1);
    if (last?.[1] === value) last[0]++;
    else stretches.push([1, value]);
  }
  return stretches;
}

const valuesOf = (stretches: readonly Stretch[]): readonly number[] =>
  stretches.flatMap(([count, value]) => Array<number>(count).fill(value));

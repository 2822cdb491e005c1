import type { Measurement } from './result.ts';

export interface Options {
  /** Short and rough: to see that everything works. */
  readonly quick: boolean;
}

export interface Outcome {
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly measurements: readonly Measurement[];
}

export interface Benchmark {
  /** For --only, and its file in results/. */
  readonly name: string;
  /** What is measured, for people. */
  readonly title: string;
  /** With BENCH_GPU set it measures a graphics card, and more; what it finds there stands beside what it finds without. */
  readonly onGpu?: true;
  readonly run: (options: Options) => Promise<Outcome>;
}

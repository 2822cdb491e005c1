/** One thing that the numeric suite asks of an implementation, and the seeded numbers that it is asked with. */
import type { TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { createRandom, type Random } from '../src/model/random.ts';

/** Numbers for the host, rounded to float32 so that every implementation gets the same. */
export interface Numbers {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

export interface NumericCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Numbers>>;
  /** The inputs that the operation takes over. */
  readonly consumes: readonly string[];
  /** Where a number that is not finite may spread besides where arithmetic takes it: see `nonFiniteFaults` of judge.ts. */
  readonly spreads: Spread;
  /** How many times a backend's tolerance the outputs may be off; 0 where nothing is rounded. */
  readonly slack: number;
  /** Leaves nothing behind but the outputs. */
  run<T extends TensorLike>(
    ops: TrainingOps<T>,
    inputs: Readonly<Record<string, T>>,
  ): Readonly<Record<string, T>>;
}

/** Nowhere else, over its image (the first axis), or over its channel (the last). */
export type Spread = 'nowhere' | 'image' | 'channel';

export type Draw = (random: Random) => Numbers;

export interface CaseOptions<Key extends string> {
  readonly consumes?: readonly Key[];
  readonly slack?: number;
  readonly spreads?: Spread;
}

/** Builds a case; every input is drawn from a fork of its own. */
export function numericCase<Key extends string>(
  name: string,
  draws: Readonly<Record<Key, Draw>>,
  run: <T extends TensorLike>(
    ops: TrainingOps<T>,
    inputs: Readonly<Record<Key, T>>,
  ) => Readonly<Record<string, T>>,
  { consumes = [], slack = 1, spreads = 'nowhere' }: CaseOptions<NoInfer<Key>> = {},
): NumericCase {
  const random = createRandom(name);
  const inputs = Object.fromEntries(
    Object.entries<Draw>(draws).map(([key, draw]) => [key, draw(random.fork(key))]),
  );
  return { name, inputs, consumes, spreads, slack, run };
}

/** Normal numbers around `mean`. */
export function normal(shape: readonly number[], mean = 0, deviation = 1): Draw {
  return drawn(shape, (random) => mean + deviation * random.normal());
}

/** Numbers as a variance may be: 0.1 to 2.1. */
export function positive(shape: readonly number[]): Draw {
  return drawn(shape, (random) => 0.1 + 2 * random.uniform());
}

/** Normal numbers times 1, 0.1, ... 1e-9 and again: gradients of every size, down to an optimiser's epsilon. */
export function magnitudes(shape: readonly number[]): Draw {
  return drawn(shape, (random, i) => random.normal() * 10 ** -(i % 10));
}

/** 1, but 0 at every `period`-th place. */
export function mask(shape: readonly number[], period: number): Draw {
  return drawn(shape, (_, i) => (i % period === 0 ? 0 : 1));
}

export function zero(shape: readonly number[]): Draw {
  return drawn(shape, () => 0);
}

/** `draw` rounded to 1/256 and held within 4, so that f16 holds it exactly. */
export function asHalves(draw: Draw): Draw {
  return (random) => {
    const { values, shape } = draw(random);
    return { values: values.map((value) => Math.max(-4, Math.min(4, Math.round(value * 256) / 256))), shape };
  };
}

/** `draw` with the last axis's index `channel` set to 0. */
export function withDeadChannel(draw: Draw, channel: number): Draw {
  return (random) => {
    const { values, shape } = draw(random);
    const channels = shape.at(-1)!;
    return { values: values.map((value, i) => (i % channels === channel ? 0 : value)), shape };
  };
}

function drawn(shape: readonly number[], next: (random: Random, index: number) => number): Draw {
  const size = shape.reduce((product, length) => product * length, 1);
  return (random) => ({ values: Float32Array.from({ length: size }, (_, i) => next(random, i)), shape });
}

/** Steps that were asked of the device and not yet read back: read in packs, never one round trip a step. */
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { StepsEvent } from '../protocol/events.ts';

/** A pack is read back after this many seconds ... */
const PACK_SECONDS = 0.25;
/** ... or this many steps, so that a fast device's queue stays short. */
const PACK_STEPS = 32;

/** What the host knows of a step before its metrics are read. */
export interface StepRecord {
  readonly learningRate: number;
  readonly epoch: number;
  readonly images: number;
  readonly waitingSeconds: number;
}

export class MetricsBuffer<T extends TensorLike> {
  private metrics: T[] = [];
  private records: StepRecord[] = [];

  constructor(private readonly ops: TrainingOps<T>) {}

  get length(): number {
    return this.records.length;
  }

  /** Whether it is time to read it back, `seconds` after it was begun. */
  isFull(seconds: number): boolean {
    return this.length >= PACK_STEPS || seconds >= PACK_SECONDS;
  }

  /** Takes over `metrics` `[2]`. */
  push(metrics: T, record: StepRecord): void {
    this.metrics.push(metrics);
    this.records.push(record);
  }

  /**
   * Reads everything back and starts anew. The steps of the pack share its time evenly: `from` to `to()` in
   * seconds of training. `first` is the number of the pack's first step, `idleSeconds` what went by without training.
   */
  async flush(first: number, idleSeconds: number, from: number, to: () => number): Promise<StepsEvent> {
    const { ops, records, metrics } = this;
    this.metrics = [];
    this.records = [];
    const parts = metrics.map((_, i) => ({ offset: 2 * i, size: 2, shape: [2] }));
    const packed = ops.pack(metrics, parts, 2 * metrics.length);
    const values = await ops.download(packed);
    [...metrics, packed].forEach((tensor) => {
      ops.dispose(tensor);
    });
    const until = to();
    const each = (until - from) / records.length;
    const sum = (of: (record: StepRecord) => number) =>
      records.reduce((total, record) => total + of(record), 0);
    return {
      kind: 'steps',
      first,
      loss: Float32Array.from(records, (_, i) => values[2 * i]!),
      error: Float32Array.from(records, (_, i) => values[2 * i + 1]!),
      learningRate: Float32Array.from(records, (record) => record.learningRate),
      epoch: Float32Array.from(records, (record) => record.epoch),
      trainingSeconds: Float64Array.from(records, (_, i) => from + each * (i + 1)),
      idleSeconds,
      imagesPerSecond: sum((record) => record.images) / Math.max(until - from, 1e-9),
      waitingSeconds: sum((record) => record.waitingSeconds),
    };
  }

  dispose(): void {
    this.metrics.forEach((tensor) => {
      this.ops.dispose(tensor);
    });
    this.metrics = [];
    this.records = [];
  }
}

/** The first `count` steps of a pack. */
export function upTo(event: StepsEvent, count: number): StepsEvent {
  return {
    ...event,
    loss: event.loss.slice(0, count),
    error: event.error.slice(0, count),
    learningRate: event.learningRate.slice(0, count),
    trainingSeconds: event.trainingSeconds.slice(0, count),
    epoch: event.epoch.slice(0, count),
  };
}

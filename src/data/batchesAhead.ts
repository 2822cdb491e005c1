import type { TrainingBatch } from '../protocol/source.ts';
import type { Batches } from './batches.ts';

/** Batches that lie ready: one is too few where a batch takes longer now and then, at a new shard. */
const AHEAD = 2;

/** Training batches one after the other from number `next` on, the first {@link AHEAD} of them prepared. */
export class BatchesAhead {
  #next: number;
  #dealt = 0;
  /** The batches from `next` on, as far as they have been begun. */
  #ahead: Promise<TrainingBatch>[] = [];
  readonly #batches: Pick<Batches, 'training'>;

  constructor(batches: Pick<Batches, 'training'>, next: number) {
    this.#batches = batches;
    this.#next = next;
  }

  /** The number of the first. */
  get next(): number {
    return this.#next;
  }

  /** How many were taken. */
  get dealt(): number {
    return this.#dealt;
  }

  /** The first of them. Begins it, and once it is there those after it. */
  prepare(): Promise<TrainingBatch> {
    if (this.#ahead.length === 0) this.#begin();
    const first = this.#ahead[0]!;
    void first.then(
      () => {
        while (this.isFirst(first) && this.#ahead.length < AHEAD) this.#begin();
      },
      // Whoever asks for it is told.
      () => {},
    );
    return first;
  }

  /** Whether this promise is still that of the first: not if it was taken meanwhile, or forgotten. */
  isFirst(batch: Promise<TrainingBatch>): boolean {
    return this.#ahead[0] === batch;
  }

  /** The first is taken. */
  shift(): void {
    void this.#ahead.shift();
    this.#next++;
    this.#dealt++;
  }

  /** Forgets what was prepared: it failed. */
  forget(): void {
    this.#ahead = [];
  }

  #begin(): void {
    const batch = this.#batches.training(this.#next + this.#ahead.length);
    batch.catch(() => {});
    this.#ahead.push(batch);
  }
}

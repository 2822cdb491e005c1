/** Deals a run's batches to its lanes: pulled, prepared one ahead, in lockstep or each lane at its own pace. */
import { createBatches, evaluationBatches, type Batches, type BatchSettings } from './batches.ts';
import { batchOfCursor, cursorAt, CursorError, type Cursor } from './cursor.ts';
import type { Dataset } from './dataset.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import type { Batch, BatchSource, TrainingBatch } from './source.ts';

/** A lane's way to its batches. Arrays that it gets are its own, to keep, change or transfer. */
export interface Lane extends BatchSource {
  /** Test images from `from` on: one batch of {@link BatchSource.evaluation}. Possible after leaving, too. */
  test(from: number, size: number): Promise<Batch>;
  /** What {@link Dealer.addLane} needs to go on with the batch after the last that this lane got. */
  cursor(): Cursor;
}

export interface DealerOptions {
  readonly pace: 'lockstep' | 'free';
  /** In lockstep: lanes that must have been added before the first batch is dealt. */
  readonly lanes: number;
}

/** A lane asked for a batch after it had left. */
export class LaneLeftError extends Error {
  override readonly name = 'LaneLeftError';
}

export class Dealer {
  readonly #dataset: Dataset;
  readonly #settings: BatchSettings;
  readonly #shared: Table | undefined;

  constructor(dataset: Dataset, settings: BatchSettings, { pace, lanes }: DealerOptions) {
    this.#dataset = dataset;
    this.#settings = settings;
    if (pace === 'lockstep') this.#shared = new Table(createBatches(dataset, settings), lanes);
  }

  /**
   * A new lane, which begins at the first batch. In lockstep one that comes after the first batch was dealt goes through the
   * same batches at its own pace, and in step with the others once it has caught up. `from` is a saved cursor to go on
   * from; throws {@link CursorError} if it is of other settings or, in lockstep, not where the lanes already there stand.
   */
  addLane(from?: unknown): Lane {
    const start = from === undefined ? undefined : batchOfCursor(from, this.#settings);
    const shared = this.#shared;
    const isLate = shared?.hasDealt === true && start === undefined;
    let table = shared && !isLate ? shared : new Table(createBatches(this.#dataset, this.#settings), 1);
    let seat = table.sit(start);
    const { manifest } = this.#dataset;
    const test = (first: number, size: number) => table.batches.test(first, size);
    return {
      trainingImages: manifest.train.images,
      testImages: manifest.test.images,
      next: () => {
        if (isLate && table !== shared && table.has(seat) && shared.isAt(seat.next)) {
          table.leave(seat);
          table = shared;
          seat = shared.sit(seat.next);
        }
        return table.ask(seat);
      },
      test,
      evaluation: (images, batchSize) =>
        evaluationBatches(test, Math.min(images, manifest.test.images), batchSize),
      leave: () => table.leave(seat),
      cursor: () => cursorAt(seat.next, this.#settings),
    };
  }
}

/** A lane's place at a table, and its request while it waits for a batch. */
interface Seat {
  /** The number of the batch after the last that this lane got. */
  next: number;
  request: Deferred<TrainingBatch> | undefined;
}

/** Lanes that get the same batches in lockstep; a free lane has a table of its own. */
class Table {
  readonly batches: Batches;
  /** Lanes still to come before the first batch is dealt. */
  #missing: number;
  readonly #seats = new Set<Seat>();
  /** The number of the batch to be dealt next, once a lane is there. */
  #position: number | undefined;
  #prepared: Promise<TrainingBatch> | undefined;

  constructor(batches: Batches, lanes: number) {
    this.batches = batches;
    this.#missing = lanes;
  }

  get hasDealt(): boolean {
    return this.#position !== undefined && this.#position > 0;
  }

  /** Whether batch `index` is the one to be dealt next, to lanes that are still there. */
  isAt(index: number): boolean {
    return this.#position === index && this.#seats.size > 0;
  }

  has(seat: Seat): boolean {
    return this.#seats.has(seat);
  }

  sit(start: number | undefined): Seat {
    if (start !== undefined && this.#position !== undefined && start !== this.#position) {
      throw new CursorError(
        `The cursor is at batch ${start}; the lanes in lockstep are at ${this.#position}.`,
      );
    }
    this.#position ??= start ?? 0;
    this.#missing--;
    const seat: Seat = { next: this.#position, request: undefined };
    this.#seats.add(seat);
    return seat;
  }

  async ask(seat: Seat): Promise<TrainingBatch> {
    if (!this.#seats.has(seat)) throw new LaneLeftError('This lane has left: it gets no more batches.');
    if (seat.request) throw new Error('This lane already waits for a batch.');
    const request = createDeferred<TrainingBatch>();
    seat.request = request;
    void this.#prepare();
    this.#dealWhenReady();
    return request.promise;
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    seat.request?.reject(new LaneLeftError('This lane left while it waited for a batch.'));
    this.#dealWhenReady();
  }

  #prepare(): Promise<TrainingBatch> {
    if (!this.#prepared) {
      this.#prepared = this.batches.training(this.#position ?? 0);
      // Whoever asks for it is told.
      this.#prepared.catch(() => {});
    }
    return this.#prepared;
  }

  #everyoneWaits(): boolean {
    return this.#missing <= 0 && this.#seats.size > 0 && [...this.#seats].every((seat) => seat.request);
  }

  /** Deals the prepared batch if, once it is there, everyone waits for it: meanwhile lanes may come and go. */
  #dealWhenReady(): void {
    if (!this.#everyoneWaits()) return;
    const prepared = this.#prepare();
    prepared.then(
      (batch) => {
        if (this.#prepared === prepared && this.#everyoneWaits()) this.#deal(batch);
      },
      (error: unknown) => {
        if (this.#prepared === prepared) this.#refuse(error);
      },
    );
  }

  #deal(batch: TrainingBatch): void {
    this.#position = batch.index + 1;
    this.#prepared = undefined;
    for (const seat of this.#seats) seat.next = this.#position;
    this.#takeRequests().forEach((request, i) => request.resolve(i === 0 ? batch : copyOf(batch)));
    void this.#prepare();
  }

  /** Tells every lane that waits; the next request tries the same batch again. */
  #refuse(error: unknown): void {
    this.#prepared = undefined;
    for (const request of this.#takeRequests()) request.reject(error);
  }

  #takeRequests(): Deferred<TrainingBatch>[] {
    return [...this.#seats].flatMap((seat) => {
      const { request } = seat;
      seat.request = undefined;
      return request ? [request] : [];
    });
  }
}

const copyOf = (batch: TrainingBatch): TrainingBatch => ({
  ...batch,
  images: batch.images.slice(),
  labels: batch.labels.slice(),
});

/** Deals a run's batches to its lanes: pulled, prepared ahead, in lockstep or each lane at its own pace. */
import type { Pace } from '../model/config.ts';
import { createBatches, evaluationBatches, type Batches, type BatchSettings } from './batches.ts';
import { batchOfCursor, cursorAt, CursorError, type Cursor } from './cursor.ts';
import type { Dataset } from './dataset.ts';
import { createDeferred, type Deferred } from '../model/deferred.ts';
import type { Batch, BatchSource, TrainingBatch } from '../protocol/source.ts';

/** A lane's way to its batches. Arrays that it gets are its own, to keep, change or transfer. */
export interface Lane extends BatchSource {
  /** Test images from `from` on: one batch of {@link BatchSource.evaluation}. Possible after leaving, too. */
  test(from: number, size: number): Promise<Batch>;
  /** What {@link Dealer.addLane} needs to go on with the batch after the last that this lane got. */
  cursor(): Cursor;
}

export interface DealerOptions {
  readonly pace: Pace;
  /** In lockstep: lanes that must have been added before the first batch is dealt. */
  readonly lanes: number;
  /**
   * Called once, when lanes are done with their first batch: from then on other work delays no first step. At their own pace: when the
   * first of them is.
   */
  readonly onBegun?: () => void;
}

/** Batches that lie ready: one is too few where a batch takes longer now and then, at a new shard. */
const AHEAD = 2;

/** A lane asked for a batch after it had left. */
export class LaneLeftError extends Error {
  override readonly name = 'LaneLeftError';
}

export class Dealer {
  readonly #dataset: Dataset;
  readonly #settings: BatchSettings;
  readonly #shared: Table | undefined;
  #onBegun: (() => void) | undefined;

  constructor(dataset: Dataset, settings: BatchSettings, { pace, lanes, onBegun }: DealerOptions) {
    this.#dataset = dataset;
    this.#settings = settings;
    this.#onBegun = onBegun;
    if (pace === 'lockstep') this.#shared = this.#createTable(lanes);
  }

  /**
   * A new lane, which begins at the first batch. In lockstep one that comes after the first batch was dealt goes through the
   * same batches at its own pace, and in step with the others once it has caught up. `from` is a saved cursor to go on
   * from (cursor.ts says who will have one); throws {@link CursorError} if it is of other settings or, in lockstep, not where the lanes
   * already there stand.
   */
  addLane(from?: unknown): Lane {
    const start = from === undefined ? undefined : batchOfCursor(from, this.#settings);
    const shared = this.#shared;
    const isLate = shared?.hasDealt === true && start === undefined;
    let table = shared && !isLate ? shared : this.#createTable(1);
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

  #createTable(lanes: number): Table {
    return new Table(createBatches(this.#dataset, this.#settings), lanes, () => {
      this.#onBegun?.();
      this.#onBegun = undefined;
    });
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
  /** The batches from that one on, as far as they have been begun. */
  #ahead: Promise<TrainingBatch>[] = [];
  readonly #onSecond: () => void;
  #dealt = 0;

  constructor(batches: Batches, lanes: number, onSecond: () => void) {
    this.batches = batches;
    this.#missing = lanes;
    this.#onSecond = onSecond;
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
    void this.#prepare();
    return seat;
  }

  async ask(seat: Seat): Promise<TrainingBatch> {
    if (!this.#seats.has(seat)) throw new LaneLeftError('This lane has left: it gets no more batches.');
    if (seat.request) throw new Error('This lane already waits for a batch.');
    const request = createDeferred<TrainingBatch>();
    seat.request = request;
    this.#dealWhenReady();
    return request.promise;
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    seat.request?.reject(new LaneLeftError('This lane left while it waited for a batch.'));
    this.#dealWhenReady();
  }

  /** The batch to be dealt next. Begins it, and once it is there those after it. */
  #prepare(): Promise<TrainingBatch> {
    if (this.#ahead.length === 0) this.#ahead.push(this.#begin(0));
    const next = this.#ahead[0]!;
    void next.then(
      () => {
        while (this.#ahead[0] === next && this.#ahead.length < AHEAD) {
          this.#ahead.push(this.#begin(this.#ahead.length));
        }
      },
      // Whoever asks for it is told.
      () => {},
    );
    return next;
  }

  #begin(place: number): Promise<TrainingBatch> {
    const batch = this.batches.training((this.#position ?? 0) + place);
    batch.catch(() => {});
    return batch;
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
        if (this.#ahead[0] === prepared && this.#everyoneWaits()) this.#deal(batch);
      },
      (error: unknown) => {
        if (this.#ahead[0] === prepared) this.#refuse(error);
      },
    );
  }

  #deal(batch: TrainingBatch): void {
    this.#position = batch.index + 1;
    void this.#ahead.shift();
    if (++this.#dealt === 2) this.#onSecond();
    for (const seat of this.#seats) seat.next = this.#position;
    this.#takeRequests().forEach((request, i) => request.resolve(i === 0 ? batch : copyOf(batch)));
    void this.#prepare();
  }

  /** Tells every lane that waits; the next request tries the same batch again. */
  #refuse(error: unknown): void {
    this.#ahead = [];
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

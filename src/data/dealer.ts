/** Deals a run's batches to its lanes: pulled, prepared ahead, in lockstep or each lane at its own pace. */
import type { Pace } from '../model/config.ts';
import type { BatchSettings } from '../model/batchSettings.ts';
import { createBatches, evaluationBatches } from './batches.ts';
import type { Dataset } from './dataset.ts';
import { createDeferred, type Deferred } from '../model/deferred.ts';
import type { Batch, BatchSource, TrainingBatch } from '../protocol/source.ts';
import { BatchesAhead } from './batchesAhead.ts';

/** A lane's way to its batches. Arrays that it gets are its own, to keep, change or transfer. */
export interface Lane extends BatchSource {
  /** Test images from `from` on: one batch of {@link BatchSource.evaluation}. Possible after leaving, too. */
  test(from: number, size: number): Promise<Batch>;
}

export interface DealerOptions {
  readonly pace: Pace;
  /** In lockstep: lanes that must have been added before the first batch is dealt. */
  readonly lanes: number;
  /**
   * Called once, when lanes are done with their first batch, with the number of the next: from then on other work delays no first step.
   * At their own pace: when the first of them is.
   */
  readonly onBegun?: (next: number) => void;
}

/** A lane asked for a batch after it had left. */
export class LaneLeftError extends Error {
  override readonly name = 'LaneLeftError';
}

/** A lane's place, and its request while it waits for a batch. */
interface Seat {
  /** The number of the batch that this lane gets next. */
  next: number;
  request: Deferred<TrainingBatch> | null;
  /** Its own batches, while it goes at its own pace; null at the common table. */
  own: BatchesAhead | null;
  /** Its batches are others than the table's: it never comes there. */
  readonly isOther: boolean;
}

/**
 * In lockstep lanes sit at one table, which deals a batch when all whose next it is have asked for it; who is ahead keeps its seat until
 * the others have come there. A lane that is behind the table goes at its own pace until it has caught up. Whoever leaves: while lanes
 * are left, one of them has the table's next batch before it.
 */
export class Dealer {
  readonly #dataset: Dataset;
  readonly #settings: BatchSettings;
  readonly #pace: Pace;
  readonly #seats = new Set<Seat>();
  /** Lanes still to come before the table deals its first batch. */
  #missing: number;
  /** The common table's batches: its next one first. */
  #table: BatchesAhead;
  #onBegun: DealerOptions['onBegun'];

  constructor(dataset: Dataset, settings: BatchSettings, { pace, lanes, onBegun }: DealerOptions) {
    this.#dataset = dataset;
    this.#settings = settings;
    this.#pace = pace;
    this.#missing = lanes;
    this.#onBegun = onBegun;
    this.#table = this.#batchesFrom(0);
  }

  /** A new lane, whose first batch is number `from`; `settings` where its batches are others. */
  addLane(from = 0, settings?: BatchSettings): Lane {
    const isOther = settings !== undefined;
    const seat: Seat = { next: from, request: null, own: null, isOther };
    // Of the lanes that were announced the rearmost sets the pace.
    const isAnnounced = this.#missing > 0;
    this.#missing--;
    const isAlone =
      isOther || this.#pace === 'free' || (!isAnnounced && this.#seats.size > 0 && from < this.#table.next);
    if (isAlone) seat.own = this.#batchesFrom(from, settings);
    this.#seats.add(seat);
    this.#setTable();
    void (seat.own ?? this.#table).prepare();
    // It may be the last that the table waited for.
    if (isOther) this.#dealWhenReady(this.#table);

    const { manifest } = this.#dataset;
    const tests = createBatches(this.#dataset, settings ?? this.#settings);
    const test = (first: number, size: number) => tests.test(first, size);
    return {
      trainingImages: manifest.train.images,
      testImages: manifest.test.images,
      next: () => this.#ask(seat),
      test,
      evaluation: (images, batchSize) =>
        evaluationBatches(test, Math.min(images, manifest.test.images), batchSize),
      leave: () => this.#leave(seat),
    };
  }

  #batchesFrom(next: number, settings = this.#settings): BatchesAhead {
    return new BatchesAhead(createBatches(this.#dataset, settings), next);
  }

  async #ask(seat: Seat): Promise<TrainingBatch> {
    if (!this.#seats.has(seat)) throw new LaneLeftError('This lane has left: it gets no more batches.');
    if (seat.request) throw new Error('This lane already waits for a batch.');
    const request = createDeferred<TrainingBatch>();
    seat.request = request;
    // It has caught up, or is ahead of a lane that has become the table's.
    if (this.#pace === 'lockstep' && !seat.isOther && seat.next >= this.#table.next) seat.own = null;
    this.#dealWhenReady(seat.own ?? this.#table);
    return request.promise;
  }

  #leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    seat.request?.reject(new LaneLeftError('This lane left while it waited for a batch.'));
    if (seat.own) return;
    this.#setTable();
    this.#dealWhenReady(this.#table);
  }

  /** Whom the batches are dealt to next. */
  #seatsAt(batches: BatchesAhead): readonly Seat[] {
    return [...this.#seats].filter((seat) =>
      seat.own ? seat.own === batches : batches === this.#table && seat.next === batches.next,
    );
  }

  /** Moves the table to the first batch that somebody there waits for; if nobody is left there, to the lane that is next to come. */
  #setTable(): void {
    if (this.#pace === 'free') return;
    const seated = [...this.#seats].filter(({ own }) => !own);
    if (seated.length > 0) {
      const next = Math.min(...seated.map((seat) => seat.next));
      if (next !== this.#table.next) this.#table = this.#batchesFrom(next);
      return;
    }
    const [first] = [...this.#seats].filter(({ isOther }) => !isOther).sort((a, b) => b.next - a.next);
    if (!first?.own) return;
    this.#table = first.own;
    first.own = null;
  }

  /** Deals the next of `batches` if, once it is there, everyone waits for it: meanwhile lanes may come and go. */
  #dealWhenReady(batches: BatchesAhead): void {
    const everyoneWaits = () => {
      const seats = this.#seatsAt(batches);
      const isReady = batches !== this.#table || this.#pace === 'free' || this.#missing <= 0;
      return isReady && seats.length > 0 && seats.every((seat) => seat.request);
    };
    if (!everyoneWaits()) return;
    const prepared = batches.prepare();
    prepared.then(
      (batch) => {
        if (batches.isFirst(prepared) && everyoneWaits()) this.#deal(batches, batch);
      },
      (error: unknown) => {
        if (batches.isFirst(prepared)) this.#refuse(batches, error);
      },
    );
  }

  #deal(batches: BatchesAhead, batch: TrainingBatch): void {
    const seats = this.#seatsAt(batches);
    batches.shift();
    if (batches.dealt === 2) {
      this.#onBegun?.(batches.next);
      this.#onBegun = undefined;
    }
    seats.forEach((seat, i) => {
      seat.next = batches.next;
      takeRequest(seat)?.resolve(i === 0 ? batch : copyOf(batch));
    });
    void batches.prepare();
  }

  /** Tells every lane that waits for it; the next request tries the same batch again. */
  #refuse(batches: BatchesAhead, error: unknown): void {
    batches.forget();
    for (const seat of this.#seatsAt(batches)) takeRequest(seat)?.reject(error);
  }
}

function takeRequest(seat: Seat): Deferred<TrainingBatch> | null {
  const { request } = seat;
  seat.request = null;
  return request;
}

const copyOf = (batch: TrainingBatch): TrainingBatch => ({
  ...batch,
  images: batch.images.slice(),
  labels: batch.labels.slice(),
});

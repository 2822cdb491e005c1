/** Where a training session gets its images from, whoever deals them. Types only. */

/** Images and labels, ready for the net. */
export interface Batch {
  /** Normalised float32, `[size, 32, 32, 3]`. */
  readonly images: Float32Array;
  /** Class numbers, `[size]`. */
  readonly labels: Uint8Array;
  readonly size: number;
}

export interface TrainingBatch extends Batch {
  /** The batch's number in the whole run, from 0. */
  readonly index: number;
  /** The epoch it belongs to, from 0. */
  readonly epoch: number;
  /** Epochs done once it is used: a fraction that counts images. */
  readonly epochAfter: number;
}

export interface BatchSource {
  /** The next training batch; the dealer prepares the one after it meanwhile. Rejects if the data cannot be had. */
  next(): Promise<TrainingBatch>;
  /** The first `images` test images in file order, in batches of at most `batchSize`. */
  evaluation(images: number, batchSize: number): AsyncIterable<Batch>;
  /** Test images that there are. */
  readonly testImages: number;
  /** Training images that there are. */
  readonly trainingImages: number;
  /** This lane wants no more batches: in lockstep the others must not wait for it. */
  leave(): void;
}

/** Why the network keeps a file back: the browser has no connection, none was made, none answered, or the server was busy. */
export type Trouble = 'offline' | 'network' | 'silence' | 'server';

/** A file of the dataset that is waited for, and asked for again. */
export interface DataWait {
  readonly file: string;
  readonly trouble: Trouble;
  /** What the last attempt ended in: "HTTP 503", "Failed to fetch". */
  readonly detail: string;
  /** Attempts that failed. */
  readonly attempt: number;
  /** Seconds until the next one; 0 while it is being made. */
  readonly seconds: number;
}

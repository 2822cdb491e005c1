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

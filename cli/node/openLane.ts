import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunConfig } from '../../src/model/config.ts';
import { type Dataset, openDataset } from '../../src/data/dataset.ts';
import { Dealer, type Lane } from '../../src/data/dealer.ts';
import { ManifestError } from '../../src/data/manifest.ts';
import { CommandError } from '../commandError.ts';
import { datasetFetch } from './datasetFetch.ts';

/** Where `npm run data` puts CIFAR-10. */
const datasetFolder = fileURLToPath(new URL('../../public/datasets/cifar10', import.meta.url));

/** A run's batches in this process from number `batch` on. Throws as {@link openFolder}. */
export const openLane = async (run: RunConfig, folder?: string, batch = 0): Promise<Lane> =>
  new Dealer(await openFolder(folder), run, { pace: 'free', lanes: 1 }).addLane(batch);

/** The dataset on disk. Throws {@link CommandError} if it is not there, or not whole; what is in its files is checked when they are read. */
export async function openFolder(folder = datasetFolder): Promise<Dataset> {
  const unready = (what: string, cause?: unknown) =>
    new CommandError(
      `${what}; \`npm run data\` builds the dataset${folder === datasetFolder ? '' : `, in ${datasetFolder}`}`,
      cause === undefined ? undefined : { cause },
    );
  if ((await sizeOf(join(folder, 'manifest.json'))) === null) {
    throw unready(`there is no dataset in ${folder} (no manifest.json)`);
  }
  let dataset: Dataset;
  try {
    dataset = await openDataset({ url: '.', fetch: datasetFetch(folder) });
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw unready(`the dataset in ${folder} cannot be read`, error);
  }
  const { train, test } = dataset.manifest;
  for (const { file, bytes } of [...train.shards, ...test.shards]) {
    const size = await sizeOf(join(folder, file));
    const what = size === null ? 'is missing' : `has ${size} bytes and not ${bytes}`;
    if (size !== bytes) throw unready(`the dataset in ${folder} is not whole: ${file} ${what}`);
  }
  return dataset;
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );

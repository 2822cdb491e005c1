import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RunConfig } from '../src/model/config.ts';
import { openDataset } from '../src/data/dataset.ts';
import { Dealer, type Lane } from '../src/data/dealer.ts';
import type { DatasetFetch } from '../src/data/shards.ts';

/** Where `npm run data` puts CIFAR-10. */
const datasetFolder = fileURLToPath(new URL('../public/datasets/cifar10', import.meta.url));

/** A run's batches in this process, from the dataset on disk. */
export async function openLane(run: RunConfig): Promise<Lane> {
  const dataset = await openDataset({ url: datasetFolder, fetch: fetchFile });
  return new Dealer(dataset, run, { pace: 'free', lanes: 1 }).addLane();
}

/** The part of `fetch` that the loader uses, on files. */
const fetchFile: DatasetFetch = async (path) => {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  const bytes = exists ? await readFile(path) : Buffer.alloc(0);
  return {
    ok: exists,
    status: exists ? 200 : 404,
    arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer),
  };
};

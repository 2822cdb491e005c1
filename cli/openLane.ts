import { fileURLToPath } from 'node:url';
import type { RunConfig } from '../src/model/config.ts';
import { openDataset } from '../src/data/dataset.ts';
import { Dealer, type Lane } from '../src/data/dealer.ts';
import { datasetFetch } from './datasetFetch.ts';

/** Where `npm run data` puts CIFAR-10. */
const datasetFolder = fileURLToPath(new URL('../public/datasets/cifar10', import.meta.url));

/** A run's batches in this process, from the dataset on disk. Rejects with a ManifestError if it is not there. */
export async function openLane(run: RunConfig): Promise<Lane> {
  const dataset = await openDataset({ url: '.', fetch: datasetFetch(datasetFolder) });
  return new Dealer(dataset, run, { pace: 'free', lanes: 1 }).addLane();
}

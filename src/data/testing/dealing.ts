/** A dealer of a few images, for tests. */
import type { BatchSettings } from '../../model/batchSettings.ts';
import { openDataset, type Dataset } from '../dataset.ts';
import { Dealer, type Lane } from '../dealer.ts';
import { createSmallDataset } from './smallDataset.ts';

export const settings: BatchSettings = {
  seed: 1,
  batchSize: 4,
  order: 'shuffled',
  augment: 'paper',
  normalisation: 'channel',
};
export const small = await createSmallDataset({ train: [6, 6], test: [4, 3] });
export const dataset = await openDataset({ url: '.', fetch: small.fetch });
export const dealer = (pace: 'lockstep' | 'free', lanes = 1, from: Dataset = dataset) =>
  new Dealer(from, settings, { pace, lanes });

export const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
/** Whether a promise is still pending once everything else has come to rest. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  const done = () => (pending = false);
  promise.then(done, done);
  await settled();
  return pending;
}
export async function take(lane: Lane, batches: number) {
  const taken = [];
  for (let i = 0; i < batches; i++) taken.push(await lane.next());
  return taken;
}
/** The dataset, counting what is prepared. */
export function counted() {
  const gathered: number[] = [];
  const counting: Dataset = {
    ...dataset,
    gather: (split, indices) => {
      if (split === 'train') gathered.push(indices.length);
      return dataset.gather(split, indices);
    },
  };
  return { counting, gathered };
}

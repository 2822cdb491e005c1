import { expect, test, vi } from 'vitest';
import { openDataset, type LoadProgress } from './dataset.ts';
import { ManifestError } from './manifest.ts';
import { epochOrder, shardOrder } from './order.ts';
import { ShardError } from './shards.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 50));
const url = 'https://host/data/';

test('images come by number, across shards, each shard loaded once and only when needed', async () => {
  const small = await createSmallDataset({ train: [3, 4, 5], test: [2] });
  const dataset = await openDataset({ url, fetch: small.fetch });
  const wanted = [11, 2, 9, 0, 2];
  const { pixels, labels } = await dataset.gather('train', Uint32Array.from(wanted));
  await dataset.gather('train', Uint32Array.of(1));
  wanted.forEach((index, i) => {
    expect(pixels.slice(i * 3072, (i + 1) * 3072)).toEqual(small.pixels('train', index));
    expect(labels[i]).toBe(small.label('train', index));
  });
  expect([...small.requests].sort()).toEqual([
    'manifest.json no-cache',
    'train-00.png default',
    'train-02.png default',
  ]);
});

test('an image that is not there is refused', async () => {
  const { fetch } = await createSmallDataset({ test: [4] });
  const dataset = await openDataset({ url, fetch });
  await expect(dataset.gather('test', Uint32Array.of(4))).rejects.toThrow(RangeError);
});

test('preloading follows the seed, the first test shard early, and tells its progress', async () => {
  const counts = Array<number>(8).fill(2);
  const small = await createSmallDataset({ train: counts, test: [2, 2] });
  const progress: LoadProgress[] = [];
  const preload = { seed: 5, order: 'shuffled', batchSize: 2 } as const;
  const dataset = await openDataset({ url, fetch: small.fetch, onProgress: (step) => progress.push(step) });
  dataset.loadAll(preload);
  await vi.waitFor(() => expect(progress).toHaveLength(10));

  const train = [...shardOrder(preload, 8)].map((shard) => `train-0${shard}.png default`);
  expect(small.requests.slice(1)).toEqual([
    ...train.slice(0, 3),
    'test-00.png default',
    ...train.slice(3),
    'test-01.png default',
  ]);
  const bytes = [...small.manifest.train, ...small.manifest.test].reduce((sum, s) => sum + s.bytes, 0);
  expect(progress.map((step) => step.shardsLoaded)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(progress.at(-1)).toEqual({ shardsLoaded: 10, shards: 10, bytesLoaded: bytes, bytes });
});

test('at most two shards are asked for at a time, and one that is needed goes first', async () => {
  const small = await createSmallDataset({ train: Array<number>(9).fill(1), test: [1] });
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const started: string[] = [];
  const dataset = await openDataset({
    url,
    fetch: async (address, init) => {
      if (!address.endsWith('manifest.json')) {
        started.push(address.slice(-12));
        await gate;
      }
      return small.fetch(address, init);
    },
  });
  dataset.loadAll({ seed: 1, order: 'sequential', batchSize: 1 });
  const needed = dataset.gather('train', Uint32Array.of(8));
  await settled();
  expect(started).toEqual(['train-00.png', 'train-01.png']);
  release();
  await needed;
  expect(started[2]).toBe('train-08.png');
});

test('what training begins with is loaded alone, and not again', async () => {
  const small = await createSmallDataset({ train: [2, 2, 2], test: [1] });
  const dataset = await openDataset({ url, fetch: small.fetch });
  const settings = { seed: 3, order: 'shuffled', batchSize: 1 } as const;
  await dataset.loadFirst(settings);
  const [first] = shardOrder(settings, 3);
  expect(small.requests.slice(1)).toEqual([`train-0${first}.png default`]);
  dataset.loadAll(settings);
  await settled();
  expect(small.requests).toHaveLength(5);
  expect(new Set(small.requests).size).toBe(5);
});

test.each([
  ['the second shard', 5, 1],
  ['the last', 14, 2],
  ['a later epoch', 15, 0],
])('what goes on in %s loads what it needs there first', async (_, from, place) => {
  const small = await createSmallDataset({ train: [5, 5, 5], test: [1] });
  const dataset = await openDataset({ url, fetch: small.fetch });
  const settings = { seed: 3, order: 'shuffled', batchSize: 1 } as const;
  const order = [...shardOrder(settings, 3)];
  await dataset.loadFirst(settings, from);
  const name = (shard: number) => `train-0${shard}.png default`;
  expect(small.requests.slice(1)).toEqual([name(order[place]!)]);
  // Nor does its first batch need another.
  if (from < 15) await dataset.gather('train', epochOrder(settings, 0, [5, 5, 5]).slice(from, from + 1));
  expect(small.requests).toHaveLength(2);
  dataset.loadAll(settings, from);
  await vi.waitFor(() => expect(small.requests).toHaveLength(5));
  const rest = [...order.slice(place + 1), ...order.slice(0, place)].map(name);
  expect(small.requests.slice(2)).toEqual([...rest, 'test-00.png default']);
});

test('a shard that failed in the background is tried anew when it is needed', async () => {
  const small = await createSmallDataset({ train: [2], test: [1] });
  const sound = small.files.get('train-00.png')!;
  small.files.delete('train-00.png');
  const dataset = await openDataset({ url, fetch: small.fetch });
  dataset.loadAll({ seed: 1, order: 'shuffled', batchSize: 1 });
  await settled();
  await expect(dataset.gather('train', Uint32Array.of(0))).rejects.toThrow(ShardError);
  small.files.set('train-00.png', sound);
  const { pixels } = await dataset.gather('train', Uint32Array.of(0));
  expect(pixels).toEqual(small.pixels('train', 0));
});

test.each([
  ['no manifest', undefined, /https:\/\/host\/data\/manifest\.json \(HTTP 404\)/],
  ['a page instead of a manifest', '<!doctype html>', /not JSON/],
  ['another JSON', '{}', /Load the page again/],
])('%s is a ManifestError that says what to do', async (_, text, message) => {
  const { files, fetch } = await createSmallDataset();
  if (text === undefined) files.delete('manifest.json');
  else files.set('manifest.json', new TextEncoder().encode(text));
  const opening = openDataset({ url, fetch });
  await expect(opening).rejects.toThrow(ManifestError);
  await expect(opening).rejects.toThrow(message);
});

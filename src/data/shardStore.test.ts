import { expect, test } from 'vitest';
import { openDataset } from './dataset.ts';
import { keepAll } from './keepAll.ts';
import { parseManifest } from './manifest.ts';
import { fetchShard, ShardError } from './shards.ts';
import { MOST_USED, ShardStore, StoreError } from './shardStore.ts';
import { MemoryCaches } from './testing/memoryCaches.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

const url = 'https://host/data/';
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const entry = (n: number, bytes = 1000) => ({ sha256: n.toString(16).padStart(64, '0'), bytes });
const setUp = async () => {
  const small = await createSmallDataset({ train: [3, 4, 5], test: [2] });
  const memory = new MemoryCaches();
  return { small, memory, store: new ShardStore(memory.storage) };
};

test('what was used is there without a network, and nothing else is', async () => {
  const { small, store } = await setUp();
  const online = await openDataset({ url, fetch: small.fetch, store });
  await online.gather('train', Uint32Array.of(0, 3));
  await settled();
  const without = await openDataset({ url, fetch: offline, store });
  const { pixels } = await without.gather('train', Uint32Array.of(3));
  expect(pixels).toEqual(small.pixels('train', 3));
  await expect(without.gather('train', Uint32Array.of(11))).rejects.toThrow(ShardError);
  await expect(without.gather('test', Uint32Array.of(0))).rejects.toThrow(ShardError);
});

test.each([
  ['changed', (bytes: Uint8Array) => bytes.fill(7, 40, 60)],
  ['cut off', (bytes: Uint8Array) => bytes.subarray(0, 50)],
  ['empty', () => new Uint8Array(0)],
])('a kept shard that is %s is thrown out and fetched again', async (_, damage) => {
  const { small, memory, store } = await setUp();
  const [shard] = small.manifest.train;
  await fetchShard(url, shard!, small.fetch, store).then((bytes) => store.keepUsed(shard!, bytes));
  for (const cache of memory.caches.values())
    for (const [key, bytes] of cache) cache.set(key, new Uint8Array(damage(bytes.slice())));
  await expect(fetchShard(url, shard!, offline, store)).rejects.toThrow();
  expect(await store.find(shard!)).toBeNull();
  expect(await fetchShard(url, shard!, small.fetch, store)).toEqual(small.files.get(shard!.file));
});

test('another dataset under the same names is never taken for this one', async () => {
  const { small, store } = await setUp();
  const [shard] = small.manifest.train;
  await store.keepUsed(shard!, small.files.get(shard!.file)!);
  const other = { ...shard!, sha256: 'f'.repeat(64) };
  await expect(fetchShard(url, other, small.fetch, store)).rejects.toThrow(ShardError);
  expect(await store.find(shard!)).not.toBeNull();
});

test('the manifest that was read last stands in where the network keeps it back, and not where the server has none', async () => {
  const { small, store } = await setUp();
  await openDataset({ url, fetch: small.fetch, store });
  await settled();
  expect((await openDataset({ url, fetch: offline, store })).manifest.train.images).toBe(12);
  small.files.delete('manifest.json');
  await expect(openDataset({ url, fetch: small.fetch, store })).rejects.toThrow('HTTP 404');
  await expect(openDataset({ url: 'https://host/other/', fetch: offline, store })).rejects.toThrow('Failed');
});

test('it keeps what a visit used first, in place of what earlier visits used, within its bound', async () => {
  const memory = new MemoryCaches();
  const bytes = new Uint8Array(1000);
  const before = new ShardStore(memory.storage);
  const earlier = Array.from({ length: MOST_USED.shards + 5 }, (_, i) => entry(i));
  for (const one of earlier) await before.keepUsed(one, bytes);
  expect((await before.held(earlier)).shards).toBe(MOST_USED.shards);
  expect(await before.find(earlier[0]!)).not.toBeNull();
  const now = new ShardStore(memory.storage);
  await now.keepUsed(entry(1000), bytes);
  expect([await now.find(earlier[0]!), await now.find(earlier[1]!)]).toEqual([null, bytes]);
  expect((await now.held([...earlier, entry(1000)])).shards).toBe(MOST_USED.shards);
});

test('its bound is one of bytes as well', async () => {
  const store = new ShardStore(new MemoryCaches().storage);
  const half = MOST_USED.bytes / 2;
  const large = [0, 1, 2].map((n) => entry(n, half));
  for (const one of large) await store.keepUsed(one, new Uint8Array(half));
  expect(await store.held(large)).toEqual({ shards: 2, bytes: MOST_USED.bytes });
});

test.each([
  ['full', (memory: MemoryCaches) => (memory.quota = 10)],
  ['denied', (memory: MemoryCaches) => (memory.broken = new DOMException('no', 'SecurityError'))],
])('where the storage is %s training has its shards all the same', async (kind, spoil) => {
  const { small, memory, store } = await setUp();
  spoil(memory);
  const dataset = await openDataset({ url, fetch: small.fetch, store });
  await dataset.gather('train', Uint32Array.of(0, 11));
  await settled();
  const refused = await store.keepAsked(entry(1), new Uint8Array(1000)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StoreError);
  expect(refused).toMatchObject({ kind });
});

test('all of it is kept with progress, goes on where it ended, and is given up', async () => {
  const { small, store } = await setUp();
  const manifest = parseManifest(small.manifest);
  const told: number[] = [];
  const [first] = small.manifest.train;
  await store.keepUsed(first!, small.files.get(first!.file)!);
  const options = { url, manifest, store, room: () => Promise.resolve(null) };
  const sound = small.files.get('train-02.png')!;
  small.files.delete('train-02.png');
  const tell = ({ shards }: { shards: number }) => told.push(shards);
  await expect(keepAll({ ...options, fetch: small.fetch, tell })).rejects.toThrow(ShardError);
  small.files.set('train-02.png', sound);
  small.requests.length = 0;
  const kept = await keepAll({ ...options, fetch: small.fetch, tell });
  expect([kept.shards, kept.bytes]).toEqual([4, kept.allBytes]);
  expect(small.requests.filter((one) => !/train-02|test-00/.test(one))).toEqual([]);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  const without = await openDataset({ url, fetch: offline, store }).catch((error: unknown) => error);
  expect(without).toBeInstanceOf(Error); // The manifest was never read by way of the store.
  await store.clear();
  expect((await store.held([...manifest.train.shards])).shards).toBe(0);
});

test('where the browser says that there is no room, nothing is begun', async () => {
  const { small, store } = await setUp();
  const manifest = parseManifest(small.manifest);
  const room = () => Promise.resolve(100);
  const keeping = keepAll({ url, manifest, store, room, fetch: small.fetch, tell: () => undefined });
  await expect(keeping).rejects.toMatchObject({ name: 'StoreError', kind: 'full' });
  expect(small.requests).toEqual([]);
});

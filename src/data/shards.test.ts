import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { NetworkError, type DatasetFetch } from './fetchFile.ts';
import { decodeShard, fetchShard, keptBack, ShardError } from './shards.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

const FILE = 'train-00.png';

async function fixture() {
  const small = await createSmallDataset({ train: [3], test: [1] });
  return { ...small, entry: small.manifest.train[0]! };
}

async function caught(promise: Promise<unknown>): Promise<ShardError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ShardError);
  return error as ShardError;
}

describe('fetching', () => {
  test('a sound shard is asked for once and decodes to its images', async () => {
    const { entry, fetch, requests, pixels } = await fixture();
    const images = await decodeShard(await fetchShard('https://host/data/', entry, fetch), entry);
    expect(requests).toEqual([`${FILE} default`]);
    expect(images).toHaveLength(3 * 3072);
    for (let i = 0; i < 3; i++) {
      expect(images.slice(i * 3072, (i + 1) * 3072)).toEqual(pixels('train', i));
    }
  });

  test('one flipped bit is refused after one retry past the caches', async () => {
    const { entry, files, fetch, requests } = await fixture();
    files.get(FILE)![100]! ^= 1;
    const error = await caught(fetchShard('data', entry, fetch));
    expect(requests).toEqual([`${FILE} default`, `${FILE} reload`]);
    expect(error).toMatchObject({ name: 'ShardError', file: FILE, expected: `SHA-256 ${entry.sha256}` });
    expect(error.found).toMatch(/^[0-9a-f]{64}$/);
    expect(error.found).not.toBe(entry.sha256);
    expect(error.message).toMatch(/train-00\.png.*damaged/);
  });

  test('a shard cut short is refused by its size', async () => {
    const { entry, files, fetch } = await fixture();
    files.set(FILE, files.get(FILE)!.slice(0, 50));
    expect(await caught(fetchShard('data', entry, fetch))).toMatchObject({ found: '50 bytes' });
  });

  test('a broken copy in the cache is got over by the retry', async () => {
    const { entry, files, fetch } = await fixture();
    const sound = files.get(FILE)!;
    const cached: DatasetFetch = (url, init) => {
      files.set(FILE, init.cache === 'reload' ? sound : new Uint8Array(sound.length));
      return fetch(url, init);
    };
    expect(await fetchShard('data', entry, cached)).toEqual(sound);
  });

  test('a missing file is tried twice and named with its status', async () => {
    const { entry, files, fetch, requests } = await fixture();
    files.delete(FILE);
    const error = await caught(fetchShard('https://host/data', entry, fetch));
    expect(requests).toHaveLength(2);
    expect(error).toMatchObject({
      expected: 'an answer from https://host/data/train-00.png',
      found: 'HTTP 404',
    });
  });

  test('what the network keeps back is no fault of the shard, until it is given up', async () => {
    const { entry } = await fixture();
    const cause = new TypeError('Failed to fetch');
    const failing = fetchShard('data', entry, () => Promise.reject(cause));
    const error = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ trouble: 'network', cause });
    expect(keptBack('data', entry, error as NetworkError)).toMatchObject({
      name: 'ShardError',
      file: FILE,
      found: '"Failed to fetch"',
      cause: error,
    });
  });
});

describe('decoding', () => {
  test('what is no PNG is refused', async () => {
    const { entry } = await fixture();
    await expect(decodeShard(new Uint8Array(99), entry)).rejects.toThrow(ShardError);
  });

  const wrong = [
    ['too few images', { width: 32, height: 64, channels: 3 }, '32x64, 3 channels of 8 bits'],
    ['an alpha channel', { width: 32, height: 96, channels: 4 }, '32x96, 4 channels of 8 bits'],
    ['another width', { width: 96, height: 32, channels: 3 }, '96x32, 3 channels of 8 bits'],
  ] as const;
  test.each(wrong)('%s is refused', async (_, { width, height, channels }, found) => {
    const { entry } = await fixture();
    const data = new Uint8Array(width * height * channels);
    const png = Uint8Array.from(encode({ width, height, channels, data }));
    const message = `expected an 8-bit RGB PNG of 32x96, found ${found}`;
    await expect(decodeShard(png, entry)).rejects.toThrow(message);
  });
});

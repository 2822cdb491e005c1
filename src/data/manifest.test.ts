import { expect, test } from 'vitest';
import { ManifestError, parseManifest } from './manifest.ts';
import { createSmallDataset } from './testing/smallDataset.ts';

const { manifest } = await createSmallDataset({ train: [3, 2], test: [4] });

test('the shards of a split are joined, the mean image is read to the last bit', () => {
  const parsed = parseManifest(JSON.parse(JSON.stringify(manifest)));
  expect(parsed.train.images).toBe(5);
  expect([...parsed.train.labels].join('')).toBe(manifest.train[0]!.labels + manifest.train[1]!.labels);
  expect(parsed.test.images).toBe(4);
  expect(parsed.meanImage).toHaveLength(3072);
  expect(parsed.meanImage[3071]).toBe(Math.fround(3071 / 3072));
});

const shard = manifest.train[0]!;
const broken: readonly [string, unknown, RegExp][] = [
  ['nothing', undefined, /manifest: /],
  ['another format', { ...manifest, format: 2 }, /format: /],
  ['an unknown key', { ...manifest, colour: 'red' }, /colour/],
  ['no training shard', { ...manifest, train: [] }, /train: .*at least one/],
  ['too few labels', { ...manifest, train: [{ ...shard, labels: '1' }] }, /train\.0: .*one label an image/],
  [
    'a label that is no digit',
    { ...manifest, train: [{ ...shard, labels: '12x' }] },
    /labels: expected digits/,
  ],
  ['a hash cut short', { ...manifest, train: [{ ...shard, sha256: 'ab' }] }, /train\.0\.sha256: /],
  ['a file elsewhere', { ...manifest, train: [{ ...shard, file: '../secret.png' }] }, /train\.0\.file: /],
  ['a mean image cut short', { ...manifest, meanImage: 'AAAA' }, /meanImage: expected 3072/],
];
test.each(broken)('%s is refused, and what is wrong is named', (_, input, message) => {
  expect(() => parseManifest(input)).toThrow(ManifestError);
  expect(() => parseManifest(input)).toThrow(message);
  expect(() => parseManifest(input)).toThrow(/npm run data/);
});

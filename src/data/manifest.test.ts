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
  [
    'a mean image of other signs',
    { ...manifest, meanImage: manifest.meanImage.replace(/.$/, '\u212a') },
    /meanImage: expected base64/,
  ],
  [
    'a mean image with padding',
    { ...manifest, meanImage: manifest.meanImage.replace(/..$/, '==') },
    /meanImage: expected base64/,
  ],
  [
    'a mean image of NaN',
    { ...manifest, meanImage: '/////' + manifest.meanImage.slice(5) },
    /meanImage: expected pixels/,
  ],
  ['a deviation of 0', { ...manifest, deviation: [0, 1, 1] }, /deviation\.0: /],
  ['an infinite count', { ...manifest, train: [{ ...shard, bytes: 1e999 }] }, /train\.0\.bytes: /],
  ['a mean image cut short', { ...manifest, meanImage: 'AAAA' }, /meanImage: expected 3072/],
];
test.each(broken)('%s is refused, and what is wrong is named', (_, input, message) => {
  expect(() => parseManifest(input)).toThrow(ManifestError);
  expect(() => parseManifest(input)).toThrow(message);
  // Visitors read it: they can load the page again, and cannot run a command.
  expect(() => parseManifest(input)).toThrow(/^(?!.*npm).*Load the page again/s);
});

test('a million shards, and a text of 5 MB, are refused with little said', () => {
  const large = 'x'.repeat(5e6);
  for (const input of [
    { ...manifest, train: Array(1e6).fill(1) },
    { ...manifest, train: Array(1000).fill(1) },
    { ...manifest, [large]: 1, mean: large, meanImage: large, source: large },
    large,
  ]) {
    expect(() => parseManifest(input)).toThrow(/^.{1,1000}$/s);
  }
});

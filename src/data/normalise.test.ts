import { expect, test } from 'vitest';
import { createNormalisation, normaliseImages } from './normalise.ts';
import { createRandom } from '../model/random.ts';

const random = createRandom('normalise');
const pixels = Uint8Array.from({ length: 2 * 3072 }, () => random.integer(256));
const statistics = {
  mean: [0.5, 0.25, 0.75] as const,
  deviation: [0.25, 0.5, 0.125] as const,
  meanImage: Float32Array.from({ length: 3072 }, () => random.uniform()),
};
const normalised = (config: Parameters<typeof createNormalisation>[0]) =>
  normaliseImages(pixels, createNormalisation(config, statistics));

test('per-pixel-mean subtracts the mean image and divides by nothing', () => {
  const out = normalised('per-pixel-mean');
  pixels.forEach((byte, i) => {
    expect(out[i]).toBe(Math.fround(byte / 255 - statistics.meanImage[i % 3072]!));
  });
});

test('channel subtracts the mean and divides by the deviation of each channel', () => {
  const out = normalised('channel');
  pixels.forEach((byte, i) => {
    const expected = (byte / 255 - statistics.mean[i % 3]!) / statistics.deviation[i % 3]!;
    expect(out[i]).toBe(Math.fround(expected));
  });
});

test('mean and std are used as given', () => {
  const out = normalised({ mean: [0.1, 0.2, 0.3], std: [1, 2, 4] });
  pixels.forEach((byte, i) => {
    const expected = (byte / 255 - [0.1, 0.2, 0.3][i % 3]!) / [1, 2, 4][i % 3]!;
    expect(out[i]).toBe(Math.fround(expected));
  });
});

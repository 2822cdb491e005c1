/** From the bytes of an image to what the net sees. */
import type { NormalisationConfig } from '../model/config.ts';
import type { Manifest } from './manifest.ts';
import { CHANNELS, IMAGE_SIZE } from '../model/dataset.ts';

/** `value = (byte / 255 - mean) * scale`, each `[32, 32, 3]`. */
export interface Normalisation {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/**
 * `per-pixel-mean` subtracts the mean training image and nothing else (He et al. 2015, section 4.2); `channel`
 * subtracts the training set's channel mean and divides by its deviation; mean and std are used as given.
 */
export function createNormalisation(
  config: NormalisationConfig,
  statistics: Pick<Manifest, 'mean' | 'deviation' | 'meanImage'>,
): Normalisation {
  if (config === 'per-pixel-mean') {
    return { mean: Float64Array.from(statistics.meanImage), scale: new Float64Array(IMAGE_SIZE).fill(1) };
  }
  const { mean, std } = config === 'channel' ? { mean: statistics.mean, std: statistics.deviation } : config;
  return { mean: perPixel((channel) => mean[channel]!), scale: perPixel((channel) => 1 / std[channel]!) };
}

const perPixel = (of: (channel: number) => number) =>
  Float64Array.from({ length: IMAGE_SIZE }, (_, i) => of(i % CHANNELS));

/** uint8 `[n, 32, 32, 3]` in, normalised float32 of the same shape out. */
export function normaliseImages(pixels: Uint8Array, { mean, scale }: Normalisation): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let start = 0; start < pixels.length; start += IMAGE_SIZE) {
    for (let i = 0; i < IMAGE_SIZE; i++) out[start + i] = (pixels[start + i]! / 255 - mean[i]!) * scale[i]!;
  }
  return out;
}

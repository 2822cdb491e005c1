/** Images to look with: by their numbers, without augmentation, normalised as a net was trained. */
import { IMAGE_SIZE } from '../model/dataset.ts';
import type { NormalisationConfig } from '../model/config.ts';
import { createNormalisation, normaliseImages } from '../data/normalise.ts';
import type { Dataset, RawImages } from '../data/dataset.ts';
import type { Split } from '../data/manifest.ts';
import type { Batch } from '../protocol/source.ts';

export interface Images {
  /** How many there are. */
  readonly count: (split: Split) => Promise<number>;
  /** Images `from` .. `from + size - 1` in file order, fewer at the end. Rejects with RangeError past it. */
  readonly batch: (
    split: Split,
    from: number,
    size: number,
    normalisation: NormalisationConfig,
  ) => Promise<Batch>;
  /** The same as bytes, uint8 `[n, 32, 32, 3]`, by their numbers. */
  readonly pixels: (split: Split, indices: Uint32Array) => Promise<RawImages>;
  /** A person's own bytes, uint8 `[n, 32, 32, 3]`, normalised: float32 of the same shape. */
  readonly normalise: (pixels: Uint8Array, normalisation: NormalisationConfig) => Promise<Float32Array>;
}

/** Images of a dataset that is opened when the first is asked for; one that could not be opened is tried anew. */
export function imagesOf(open: () => Promise<Dataset>): Images {
  let held: Promise<Dataset> | undefined;
  const dataset = () => {
    if (held) return held;
    const opening = open();
    opening.catch(() => (held = undefined));
    return (held = opening);
  };
  return {
    count: async (split) => (await dataset()).manifest[split].images,
    async batch(split, from, size, config) {
      const opened = await dataset();
      const { manifest } = opened;
      const until = Math.min(from + size, manifest[split].images);
      if (!(from >= 0 && from < until)) {
        throw new RangeError(`There are no ${split} images ${from} to ${from + size - 1}.`);
      }
      const indices = Uint32Array.from({ length: until - from }, (_, i) => from + i);
      const { pixels, labels } = await opened.gather(split, indices);
      const images = normaliseImages(pixels, createNormalisation(config, manifest));
      return { images, labels, size: until - from };
    },
    pixels: async (split, indices) => (await dataset()).gather(split, indices),
    async normalise(pixels, config) {
      if (pixels.length === 0 || pixels.length % IMAGE_SIZE !== 0) {
        throw new RangeError(`${pixels.length} bytes are no images of ${IMAGE_SIZE} bytes.`);
      }
      return normaliseImages(pixels, createNormalisation(config, (await dataset()).manifest));
    },
  };
}

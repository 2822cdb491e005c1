/**
 * The paper's augmentation (He et al. 2015, section 4.2): pad 4 on each side, then a random 32x32 crop of the padded
 * image or of its horizontal flip. The padding is zero in what the net sees: the image is normalised first.
 */
import { createRandom, type Random } from '../model/random.ts';
import type { Normalisation } from './normalise.ts';
import { CHANNELS, IMAGE_SIDE, IMAGE_SIZE } from '../model/dataset.ts';

export const PADDING = 4;

/** Where the crop begins in the padded image, 0 to 8, and whether that image was flipped first. */
export interface Crop {
  readonly top: number;
  readonly left: number;
  readonly flip: boolean;
}

export function drawCrop(random: Random): Crop {
  const places = 2 * PADDING + 1;
  return { top: random.integer(places), left: random.integer(places), flip: random.uniform() < 0.5 };
}

/**
 * uint8 `[n, 32, 32, 3]` in, augmented and normalised float32 of the same shape out. `indices` are the images'
 * numbers in the training set: each image's crop follows from seed, epoch and that number alone, so neither batch
 * size nor order nor backend changes it.
 */
export function augmentImages(
  pixels: Uint8Array,
  indices: Uint32Array,
  { seed, epoch }: { readonly seed: number; readonly epoch: number },
  normalisation: Normalisation,
): Float32Array {
  const out = new Float32Array(pixels.length);
  const random = createRandom(seed).fork('augment', epoch);
  indices.forEach((index, i) => {
    cropInto(out, pixels, i * IMAGE_SIZE, drawCrop(random.fork(index)), normalisation);
  });
  return out;
}

/** Fills `out`, zero where the padding shows, from `start` on with the crop of the image there in `pixels`. */
function cropInto(
  out: Float32Array,
  pixels: Uint8Array,
  start: number,
  { top, left, flip }: Crop,
  { mean, scale }: Normalisation,
): void {
  const row = IMAGE_SIDE * CHANNELS;
  const firstX = Math.max(0, PADDING - left);
  const lastX = Math.min(IMAGE_SIDE, IMAGE_SIDE + PADDING - left);
  const firstY = Math.max(0, PADDING - top);
  const lastY = Math.min(IMAGE_SIDE, IMAGE_SIDE + PADDING - top);
  for (let y = firstY; y < lastY; y++) {
    const fromRow = (y + top - PADDING) * row;
    for (let x = firstX; x < lastX; x++) {
      const column = x + left - PADDING;
      const from = fromRow + (flip ? IMAGE_SIDE - 1 - column : column) * CHANNELS;
      const to = start + y * row + x * CHANNELS;
      for (let c = 0; c < CHANNELS; c++) {
        out[to + c] = (pixels[start + from + c]! / 255 - mean[from + c]!) * scale[from + c]!;
      }
    }
  }
}

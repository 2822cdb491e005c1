import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../model/random.ts';
import { augmentImages, drawCrop, type Crop } from './augment.ts';
import { normaliseImages, type Normalisation } from './normalise.ts';

const random = createRandom('augment test');
const pixels = Uint8Array.from({ length: 8 * 3072 }, () => random.integer(256));
const normalisation: Normalisation = {
  mean: Float64Array.from({ length: 3072 }, () => random.uniform()),
  scale: Float64Array.from({ length: 3072 }, () => 0.5 + random.uniform()),
};
const augment = (images: readonly number[], seed: number, epoch: number) => {
  const chosen = images.flatMap((image) => [...pixels.subarray(image * 3072, (image + 1) * 3072)]);
  const indices = Uint32Array.from(images);
  return augmentImages(Uint8Array.from(chosen), indices, { seed, epoch }, normalisation);
};
const cropOf = (seed: number, epoch: number, index: number) =>
  drawCrop(createRandom(seed).fork('augment', epoch, index));

/** Step by step as the paper says it: normalise, pad with zeros, perhaps flip, crop. */
function naive(image: number, { top, left, flip }: Crop): Float32Array {
  const bytes = pixels.slice(image * 3072, (image + 1) * 3072);
  const seen = normaliseImages(bytes, normalisation);
  const padded = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => [0, 0, 0]));
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++) {
      const at = (y * 32 + x) * 3;
      padded[y + 4]![x + 4] = [seen[at]!, seen[at + 1]!, seen[at + 2]!];
    }
  }
  if (flip) padded.forEach((row) => row.reverse());
  return Float32Array.from(padded.slice(top, top + 32).flatMap((row) => row.slice(left, left + 32).flat()));
}

test('every image is the crop that a naive implementation makes', () => {
  const input = fc.record({
    seed: fc.nat(),
    epoch: fc.nat({ max: 200 }),
    image: fc.nat({ max: 7 }),
  });
  fc.assert(
    fc.property(input, ({ seed, epoch, image }) => {
      expect(augment([image], seed, epoch)).toEqual(naive(image, cropOf(seed, epoch, image)));
    }),
    { numRuns: 60 },
  );
});

test('an image is augmented the same whatever it shares its batch with', () => {
  const together = augment([5, 2, 7, 0], 11, 3);
  expect(together.slice(3072, 2 * 3072)).toEqual(augment([2], 11, 3));
  expect(together.slice(3 * 3072)).toEqual(augment([0], 11, 3));
});

test('seed, epoch and image each change the crop', () => {
  const crops = (of: (i: number) => Crop) => Array.from({ length: 40 }, (_, i) => JSON.stringify(of(i)));
  for (const of of [
    (i: number) => cropOf(i, 0, 0),
    (i: number) => cropOf(0, i, 0),
    (i: number) => cropOf(0, 0, i),
  ]) {
    expect(new Set(crops(of)).size).toBeGreaterThan(25);
  }
});

test('all 81 places and both directions are drawn, each about as often', () => {
  const draws = 32_400;
  const counts = new Map<string, number>();
  for (let index = 0; index < draws; index++) {
    const { top, left, flip } = cropOf(7, 1, index);
    const key = `${top} ${left} ${flip}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // 162 outcomes, 200 expected of each; chi-squared with 161 degrees of freedom is above 230 once in 4000.
  expect(counts.size).toBe(162);
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0);
  expect(chiSquared).toBeLessThan(230);
});

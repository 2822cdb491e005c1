/** What the dataset's folder holds: `manifest.json`, written by `scripts/dataset`, read by everyone else. */
import * as v from 'valibot';
import { cut, linesWithin } from '../model/boundedText.ts';
import { classNames, IMAGE_SIZE } from '../model/dataset.ts';

export type Split = 'train' | 'test';

/** Bounds that no dataset of this page comes near. */
const MOST_SHARDS = 1000;
const MOST_SHARD_IMAGES = 100_000;

const countTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Pixels are divided by it. */
const positiveUnit = v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1));
const text = v.pipe(v.string(), v.maxLength(100));

const shardSchema = v.pipe(
  v.strictObject({
    /** A PNG 32 px wide and `32 * images` px tall, 8-bit RGB: the images one below the other. */
    file: v.pipe(
      v.string(),
      v.maxLength(100),
      v.regex(/^[a-z0-9-]+\.png$/, 'expected a file name such as train-00.png'),
    ),
    images: countTo(MOST_SHARD_IMAGES),
    bytes: countTo(1e9),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
    /** One digit an image: its class number. */
    labels: v.pipe(v.string(), v.maxLength(MOST_SHARD_IMAGES), v.regex(/^[0-9]+$/, 'expected digits')),
  }),
  v.check((shard) => shard.labels.length === shard.images, 'there is not one label an image'),
);
const shards = v.pipe(
  v.unknown(),
  v.check(
    (list) => !Array.isArray(list) || list.length <= MOST_SHARDS,
    `expected at most ${MOST_SHARDS} shards`,
  ),
  v.array(shardSchema),
  v.minLength(1, 'expected at least one shard'),
);

const MEAN_IMAGE_LENGTH = (IMAGE_SIZE * 4 * 4) / 3;
const BASE64 = /^[A-Za-z0-9+/]*$/;
const isMeanImage = (encoded: string) => encoded.length === MEAN_IMAGE_LENGTH && BASE64.test(encoded);

/** `manifest.json` as it is written. Pixel statistics are of the training images, scaled to 0..1. */
export const manifestSchema = v.strictObject({
  format: v.literal(1),
  /** What it was built by and from; the build compares them to see whether it is current. */
  builder: countTo(1e9),
  source: v.strictObject({ package: text, version: text }),
  classes: v.pipe(v.array(text), v.length(classNames.length, `expected ${classNames.length} class names`)),
  train: shards,
  test: shards,
  mean: v.strictTuple([unit, unit, unit]),
  deviation: v.strictTuple([positiveUnit, positiveUnit, positiveUnit]),
  /** Base64 of little-endian float32, `[32, 32, 3]`. */
  meanImage: v.pipe(
    v.string(),
    v.length(MEAN_IMAGE_LENGTH, `expected ${IMAGE_SIZE} float32 numbers`),
    // That many bytes need no padding.
    v.regex(BASE64, 'expected base64'),
    v.check(
      (encoded) =>
        !isMeanImage(encoded) || floatsFromBase64(encoded).every((pixel) => pixel >= 0 && pixel <= 1),
      'expected pixels of 0 to 1',
    ),
  ),
});

export type ManifestJson = v.InferOutput<typeof manifestSchema>;
export type ShardEntry = v.InferOutput<typeof shardSchema>;

export interface SplitManifest {
  readonly images: number;
  readonly shards: readonly ShardEntry[];
  /** Class numbers of all images, in file order. */
  readonly labels: Uint8Array;
}

export interface Manifest {
  readonly classes: readonly string[];
  readonly train: SplitManifest;
  readonly test: SplitManifest;
  /** Of the training images, a channel, of pixels scaled to 0..1. */
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
  /** The mean training image, `[32, 32, 3]`, of pixels scaled to 0..1. */
  readonly meanImage: Float32Array;
}

/** The manifest cannot be had, or is not one. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

const UNREADABLE =
  'The list of the images is not one that this page can read: page and images are of different versions, or the list is damaged. Load the page again; if that does not help, tell whoever serves it.';

/** The manifest in `input`, the parsed JSON. Throws {@link ManifestError} with its faults. */
export function parseManifest(input: unknown): Manifest {
  const result = v.safeParse(manifestSchema, input);
  if (!result.success) {
    const faults = result.issues.map(
      (issue) => `${cut(v.getDotPath(issue) ?? 'manifest', 80)}: ${cut(issue.message, 160)}`,
    );
    throw new ManifestError(linesWithin([UNREADABLE, ...faults]));
  }
  const { classes, train, test, mean, deviation, meanImage } = result.output;
  return {
    classes,
    train: splitOf(train),
    test: splitOf(test),
    mean,
    deviation,
    meanImage: floatsFromBase64(meanImage),
  };
}

function splitOf(entries: readonly ShardEntry[]): SplitManifest {
  const digits = entries.map((shard) => shard.labels).join('');
  return { images: digits.length, shards: entries, labels: Uint8Array.from(digits, Number) };
}

function floatsFromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** What the dataset's folder holds: `manifest.json`, written by `scripts/dataset`, read by everyone else. */
import * as v from 'valibot';

/** Side of the square images, in pixels. */
export const IMAGE_SIDE = 32;
export const CHANNELS = 3;
/** Numbers in one image, `[32, 32, 3]`. */
export const IMAGE_SIZE = IMAGE_SIDE * IMAGE_SIDE * CHANNELS;

export type Split = 'train' | 'test';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const channels = v.tuple([unit, unit, unit]);

const shardSchema = v.pipe(
  v.strictObject({
    /** A PNG 32 px wide and `32 * images` px tall, 8-bit RGB: the images one below the other. */
    file: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.png$/, 'expected a file name such as train-00.png')),
    images: count,
    bytes: count,
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
    /** One digit an image: its class number. */
    labels: v.pipe(v.string(), v.regex(/^[0-9]+$/, 'expected digits')),
  }),
  v.check((shard) => shard.labels.length === shard.images, 'there is not one label an image'),
);
const shards = v.pipe(v.array(shardSchema), v.minLength(1, 'expected at least one shard'));

/** `manifest.json` as it is written. Pixel statistics are of the training images, scaled to 0..1. */
export const manifestSchema = v.strictObject({
  format: v.literal(1),
  /** What it was built by and from; the build compares them to see whether it is current. */
  builder: count,
  source: v.strictObject({ package: v.string(), version: v.string() }),
  classes: v.pipe(v.array(v.string()), v.length(10, 'expected 10 class names')),
  train: shards,
  test: shards,
  mean: channels,
  deviation: channels,
  /** Base64 of little-endian float32, `[32, 32, 3]`. */
  meanImage: v.pipe(
    v.string(),
    v.base64('expected base64'),
    v.length((IMAGE_SIZE * 4 * 4) / 3, `expected ${IMAGE_SIZE} float32 numbers`),
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

/** The manifest in `input`, the parsed JSON. Throws {@link ManifestError} with every fault. */
export function parseManifest(input: unknown): Manifest {
  const result = v.safeParse(manifestSchema, input);
  if (!result.success) {
    const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'manifest'}: ${issue.message}`);
    throw new ManifestError(
      `The dataset's manifest is not one that this version can read; run \`npm run data\`.\n${faults.join('\n')}`,
    );
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

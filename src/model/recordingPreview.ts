/**
 * Recorded runs in a few points each, in one small file: enough for a faint picture of them, where nobody reads a value.
 * `npm run preview` writes it from the recordings (scripts/preview.ts).
 */
import * as v from 'valibot';
import type { Recording, RecordingEntry } from './recording.ts';

export const PREVIEW_FORMAT = 'residual-playground-preview';
export const PREVIEW_VERSION = 1;

/** Points of a curve: each is the mean of an equal share of the steps. */
export const PREVIEW_POINTS = 100;

/** What nothing recorded meets. */
const MOST_CURVES = 16;
const MOST_POINTS = 1000;

const text = v.pipe(v.string(), v.maxLength(200));

export const previewSchema = v.object({
  format: v.literal(PREVIEW_FORMAT),
  version: v.literal(PREVIEW_VERSION),
  curves: v.pipe(
    v.array(
      v.object({
        /** The recording that it is of, by file and SHA-256, and the program that trained it. */
        file: text,
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
        commit: text,
        depth: v.pipe(v.number(), v.integer(), v.minValue(1)),
        block: v.picklist(['plain', 'basic', 'bottleneck']),
        steps: v.pipe(v.number(), v.integer(), v.minValue(1)),
        /** Training errors, 0 to 1. */
        error: v.pipe(
          v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
          v.minLength(2),
          v.maxLength(MOST_POINTS),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_CURVES),
  ),
});

export type RecordingPreview = v.InferOutput<typeof previewSchema>;
export type PreviewCurve = RecordingPreview['curves'][number];

/** The curve of a recording of at least {@link PREVIEW_POINTS} steps. Throws RangeError for a shorter one. */
export function previewCurve(
  {
    file,
    sha256,
    commit,
    config,
    steps,
  }: Pick<RecordingEntry, 'file' | 'sha256' | 'commit' | 'config' | 'steps'>,
  { wrong, images }: Pick<Recording, 'wrong' | 'images'>,
): PreviewCurve {
  if (wrong.length < PREVIEW_POINTS) {
    throw new RangeError(`${file} has ${wrong.length} steps, and a preview takes ${PREVIEW_POINTS}`);
  }
  const sizes = images.flatMap(([count, size]) => Array<number>(count).fill(size));
  const { depth, block } = config.model;
  const error = Array.from({ length: PREVIEW_POINTS }, (_, i) => {
    const from = Math.round((i * wrong.length) / PREVIEW_POINTS);
    const to = Math.round(((i + 1) * wrong.length) / PREVIEW_POINTS);
    return Number((sum(wrong, from, to) / sum(sizes, from, to)).toFixed(4));
  });
  return { file, sha256, commit, depth, block, steps, error };
}

const sum = (values: readonly number[], from: number, to: number) =>
  values.slice(from, to).reduce((total, value) => total + value, 0);

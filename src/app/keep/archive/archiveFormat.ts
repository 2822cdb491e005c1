/** Everything that is kept, as one file: what lies where in it (docs/decisions/2026-11-26-archive.md). */
import * as v from 'valibot';
import type { PictureType } from '../../state/keptView.ts';

export const ARCHIVE_FORMAT = 'residual-playground-archive';
/** Counts up when a reader of the last version would misunderstand the file. Version 1 has no kept views. */
export const ARCHIVE_VERSION = 2;
const versions = [1, ARCHIVE_VERSION] as const;

/** Bytes of a file of JSON that are read at most: the list of all files, a run's record, and its list of moments. */
export const MOST_LIST_BYTES = 128 * 2 ** 20;
export const MOST_RECORD_BYTES = 16 * 2 ** 20;
export const MOST_RUNS = 50_000;

export const paths = {
  about: 'README.txt',
  manifest: 'manifest.json',
  session: 'session.json',
  /** `n` counts from 1. */
  run: (n: number) => `runs/${String(n).padStart(5, '0')}/run.json`,
  points: (n: number) => `runs/${String(n).padStart(5, '0')}/points.safetensors`,
  /** Of the `i`th view that is kept with a run; `i` counts from 1. */
  picture: (n: number, i: number, type: PictureType) =>
    `runs/${String(n).padStart(5, '0')}/views/${String(i).padStart(3, '0')}.${type === 'image/png' ? 'png' : 'svg'}`,
  moments: (n: number) => `runs/${String(n).padStart(5, '0')}/moments.json`,
  moment: (n: number, step: number) =>
    `runs/${String(n).padStart(5, '0')}/moments/${String(step).padStart(10, '0')}.safetensors`,
};

const text = v.pipe(v.string(), v.maxLength(200));

export const manifestSchema = v.object({
  format: v.literal(ARCHIVE_FORMAT),
  version: v.picklist(versions),
  /** When it was written: ISO 8601. */
  exported: text,
  app: v.object({ version: text, commit: v.nullable(text) }),
  runs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_RUNS)),
  /** Whether the moments are in it, or the curves alone. */
  withMoments: v.boolean(),
  /** Every other file of the archive. */
  entries: v.array(
    v.object({
      path: v.pipe(v.string(), v.maxLength(100)),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
    }),
  ),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

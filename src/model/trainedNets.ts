/**
 * Trained nets that come with the page, as moments of long runs: a folder of safetensors with numbers in F16, and `index.json`, which says
 * what they are. Before its first step a net is what its seed gives: no file holds that.
 */
import * as v from 'valibot';
import { MOST_STEPS, wholeFrom } from './bounds.ts';
import { runSchema } from './config.ts';

export const NETS_FORMAT = 'residual-playground-nets';
export const NETS_VERSION = 1;

/** Bytes of all of them together: they are in the repository, and with whoever keeps the page. */
export const MOST_NETS_BYTES = 6_000_000;

const text = v.pipe(v.string(), v.maxLength(200));

const momentSchema = v.object({
  /** Steps taken. */
  step: wholeFrom(1, MOST_STEPS),
  file: v.pipe(v.string(), v.regex(/^[\w-]{1,80}\.safetensors$/, 'expected the name of a safetensors file')),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
  bytes: wholeFrom(1, MOST_NETS_BYTES),
  /** How the numbers in the file do on the first `images` test images. */
  test: v.object({
    images: wholeFrom(1, 1e6),
    error: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
});

const netSchema = v.object({
  /** Of its run, and of nothing else here. */
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'expected a-z, 0-9 and -')),
  /** The whole run: it may have more steps than there are moments of it. */
  config: runSchema,
  /** What trained it, with which program, from which day on (2026-11-26). */
  commit: text,
  date: text,
  device: text,
  /** By ascending step. */
  moments: v.pipe(
    v.array(momentSchema),
    v.minLength(1),
    v.check(
      (moments) => moments.every(({ step }, i) => step > (moments[i - 1]?.step ?? 0)),
      'the steps do not ascend',
    ),
  ),
});

export const trainedNetsSchema = v.object({
  format: v.literal(NETS_FORMAT),
  version: v.literal(NETS_VERSION),
  nets: v.pipe(
    v.array(netSchema),
    v.check((nets) => new Set(nets.map(({ name }) => name)).size === nets.length, 'a name stands twice'),
  ),
});

export type TrainedNetMoment = v.InferOutput<typeof momentSchema>;
export type TrainedNet = v.InferOutput<typeof netSchema>;
export type TrainedNets = v.InferOutput<typeof trainedNetsSchema>;

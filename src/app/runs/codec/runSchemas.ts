/** What a file and the kept runs say alike of a run. */
import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000, 'longer than 2,000 characters'));
const anyText = v.string();
export const failureSchema = v.object({ name: text, message: anyText, stack: v.optional(anyText) });

/** Of a chapter of a run's history; what a configuration is made of is looked at when the run is. */
const config = v.nullable(v.record(v.string(), v.unknown()));
const place = v.pipe(whole, v.maxValue(Number.MAX_SAFE_INTEGER));
export const chapterSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('continued'), step: place, when: v.number(), before: config }),
  v.strictObject({
    kind: v.literal('branched'),
    step: place,
    when: v.number(),
    run: text,
    name: text,
    before: config,
  }),
]);
export const MOST_TAGS = 20;
export const LONGEST_TAG = 40;
export const tagsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(LONGEST_TAG, `longer than ${LONGEST_TAG} characters`))),
  v.maxLength(MOST_TAGS, `more than ${MOST_TAGS}`),
);
export const noteSchema = v.pipe(v.string(), v.maxLength(10_000, 'longer than 10,000 characters'));

export const provenanceSchema = v.object({
  backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
  kernels: v.picklist([
    'wasm-simd',
    'wasm-simd-relaxed',
    'webgpu-measured',
    'webgpu-fixed',
    'webgpu-software',
    'composed',
    'reference',
  ]),
  threads: whole,
  adapter: text,
  precision: v.picklist(['f32', 'f16-storage']),
  browser: text,
});

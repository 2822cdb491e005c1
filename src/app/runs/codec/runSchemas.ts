/** What a file and the kept runs say alike of a run. */
import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000, 'longer than 2,000 characters'));
const anyText = v.string();
export const failureSchema = v.object({ name: text, message: anyText, stack: v.optional(anyText) });

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

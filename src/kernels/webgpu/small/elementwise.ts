/** Arithmetic on tensors of one shape. */
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';

/** c = a * b */
export function product(size: number): Kernel {
  const width = widthOf(size);
  const type = typeOf(width);
  return {
    label: `product, width ${width}`,
    wgsl: () => `
@group(0) @binding(0) var<storage, read_write> c: array<${type}>; // the result
@group(0) @binding(1) var<storage, read> a: array<${type}>; // one factor
@group(0) @binding(2) var<storage, read> b: array<${type}>; // the other
${FLAT_MAIN}
  if (index >= i32(arrayLength(&c))) { return; }
  c[index] = a[index] * b[index];
}`,
    workgroups: flatGrid(size / width),
  };
}

/** a = keep * a + share * b, in place. */
export function runningAverage(size: number): Kernel {
  const width = widthOf(size);
  const type = typeOf(width);
  return {
    label: `running average, width ${width}`,
    wgsl: () => `
@group(0) @binding(0) var<storage, read_write> a: array<${type}>; // the average
@group(0) @binding(1) var<storage, read> b: array<${type}>; // what is new
@group(0) @binding(2) var<uniform> weights: vec4f; // keep, share, unused, unused
${FLAT_MAIN}
  if (index >= i32(arrayLength(&a))) { return; }
  a[index] = weights.x * a[index] + weights.y * b[index];
}`,
    workgroups: flatGrid(size / width),
  };
}

import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { typeOf, widthOf } from '../wgsl.ts';

/** `[parts, size]` -> `[size]`: the sum over the parts. */
export function sumParts(size: number): Kernel {
  const width = widthOf(size);
  return {
    label: `sum parts, width ${width}`,
    wgsl: () => `
// [size]
@group(0) @binding(0) var<storage, read_write> sums: array<${typeOf(width)}>;
// [parts, size]
@group(0) @binding(1) var<storage, read> parts: array<${typeOf(width)}>;
${FLAT_MAIN}
  let size = i32(arrayLength(&sums));
  if (index >= size) { return; }
  var sum = ${typeOf(width)}();
  for (var i = index; i < i32(arrayLength(&parts)); i += size) {
    sum = sum + parts[i];
  }
  sums[index] = sum;
}`,
    workgroups: flatGrid(size / width),
  };
}

/**
 * The sizes of a layer in a kernel's source, where each is `sizes.name`. For GPUs they are constants, which their compilers fold
 * and unroll by. On software adapters, which take up to half a second of processor time to compile a convolution, they are
 * numbers in a uniform: layers of every size share a pipeline.
 */
export type Sizes = Readonly<Record<string, number>>;

/** WGSL that declares `sizes`; shared, as the uniform with the number `binding`. */
export function declareSizes(sizes: Sizes, shared: boolean, binding: number): string {
  const names = Object.keys(sizes);
  const declared = `struct Sizes { ${names.map((name) => `${name}: i32`).join(', ')} }`;
  return shared
    ? `${declared}\n@group(0) @binding(${binding}) var<uniform> sizes: Sizes;`
    : `${declared}\nconst sizes = Sizes(${Object.values(sizes).join(', ')});`;
}

/** What a kernel with shared sizes has bound: nothing where they are in its source. */
export function sharedSizes(sizes: Sizes, shared: boolean): { readonly sizes?: readonly number[] } {
  return shared ? { sizes: Object.values(sizes) } : {};
}

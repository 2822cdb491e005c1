/**
 * The sizes of a layer in a kernel's source, where each is `sizes.name`. For GPUs they are constants, which their compilers fold
 * and unroll by. On software adapters, which take up to half a second of processor time to compile a convolution, they are
 * numbers in a uniform: layers of every size have one pipeline.
 */
export interface Sizes {
  /** WGSL that declares `sizes`; in a uniform, the one with the number `binding`. */
  declare(binding: number): string;
  /** What is bound to that uniform; null where the sizes are in the source. */
  readonly bound: readonly number[] | null;
}

export function sizesOf(values: Readonly<Record<string, number>>, inUniform: boolean): Sizes {
  const numbers = Object.values(values);
  return {
    declare(binding) {
      const members = Object.keys(values).map((name) => `${name}: i32`);
      return `struct Sizes { ${members.join(', ')} }
${inUniform ? `@group(0) @binding(${binding}) var<uniform> sizes: Sizes;` : `const sizes = Sizes(${numbers.join(', ')});`}`;
    },
    bound: inUniform ? numbers : null,
  };
}

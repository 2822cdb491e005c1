/** Pieces of WGSL. Tensors are read in vectors of four channels where the channels allow it, else one by one. */

/** Channels that are read and written at once. */
export type Width = 1 | 4;

/** The widest vector that `channels` channels divide into. */
export function widthOf(...channels: readonly number[]): Width {
  return channels.every((count) => count % 4 === 0) ? 4 : 1;
}

export function typeOf(width: Width): string {
  return width === 4 ? 'vec4f' : 'f32';
}

/** The suffixes by which a vector's channels are read: a scalar has one channel and no suffix. */
export function lanesOf(width: Width): readonly string[] {
  return width === 4 ? ['.x', '.y', '.z', '.w'] : [''];
}

/** The sum over channels of the product of two vectors. */
export function dotOf(width: Width, a: string, b: string): string {
  return width === 4 ? `dot(${a}, ${b})` : `${a} * ${b}`;
}

/**
 * The sum of `vectors[i]` times the i-th number of `by`, vectors of one width and as many as `by` is wide, as one product:
 * a software adapter's compiler keeps the sum in a register, and puts those of separate products in memory.
 */
export function weightedSum(width: Width, vectors: readonly string[], by: string): string {
  const [first] = vectors;
  if (vectors.length === 1) return `${first} * ${by}`;
  return width === 4 ? `mat4x4f(${vectors.join(', ')}) * ${by}` : `dot(vec4f(${vectors.join(', ')}), ${by})`;
}

/** For each of `vectors`, of width `width`, its product with `by`, summed over channels: as many numbers as vectors. */
export function dotsOf(width: Width, vectors: readonly string[], by: string): string {
  if (vectors.length === 1) return width === 4 ? `dot(${vectors[0]}, ${by})` : `${vectors[0]} * ${by}`;
  return width === 4 ? `${by} * mat4x4f(${vectors.join(', ')})` : `vec4f(${vectors.join(', ')}) * ${by}`;
}

/**
 * WGSL: `body(value, i)` for each of `values`, variables of one type, and its number. `looped`: written once. On software adapters a
 * store of a vector is hundreds of instructions, most of which would be compiled to run once.
 */
export function forEachValue(
  looped: boolean,
  type: string,
  values: readonly string[],
  body: (value: string, i: string) => string,
): string {
  if (!looped) return values.map((value, i) => body(value, String(i))).join('\n');
  return `
  var values = array<${type}, ${values.length}>(${values.join(', ')});
  for (var i = 0; i < ${values.length}; i++) { ${body('values[i]', 'i')} }`;
}

/** `call(i)` for each i below `count`, one a line. */
export function repeat(count: number, call: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => call(i)).join('\n');
}

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

/** WGSL: the function {@link notBelowZero} for vectors of `width` channels. */
export function notBelowZeroFor(width: Width): string {
  const [type, bits] = width === 4 ? ['vec4f', 'vec4u'] : ['f32', 'u32'];
  return `
fn notBelowZero(value: ${type}) -> ${type} {
  // From above the bits of -0 to those of -Infinity.
  let bits = bitcast<${bits}>(value);
  return select(value, ${type}(), (bits > ${bits}(0x80000000u)) & (bits <= ${bits}(0xff800000u)));
}`;
}

/**
 * WGSL: 0 where `value` is below 0. By the bits, so that NaN stays NaN and a net that has diverged shows it: WGSL lets a compiler take it that there
 * is none, and NVIDIA's makes of `select(value, 0, value < 0)` what it makes of max(value, 0), which is 0 for NaN.
 */
export const notBelowZero = (value: string): string => `notBelowZero(${value})`;

/** The suffixes by which a vector's channels are read: a scalar has one channel and no suffix. */
export function lanesOf(width: Width): readonly string[] {
  return width === 4 ? ['.x', '.y', '.z', '.w'] : [''];
}

/**
 * WGSL: the matrix with these columns (vectors of `width` channels, as many as `vector` is wide) times a vector. As one product,
 * for a software adapter's compiler keeps its sum in a register, and puts those of separate products in memory.
 */
export function matrixTimesVector(width: Width, columns: readonly string[], vector: string): string {
  if (columns.length === 1) return `${columns[0]} * ${vector}`;
  return width === 4
    ? `mat4x4f(${columns.join(', ')}) * ${vector}`
    : `dot(vec4f(${columns.join(', ')}), ${vector})`;
}

/** WGSL: a vector of `width` channels times the matrix with these columns: its product with each, summed over channels. */
export function vectorTimesMatrix(width: Width, vector: string, columns: readonly string[]): string {
  if (columns.length === 1)
    return width === 4 ? `dot(${vector}, ${columns[0]})` : `${vector} * ${columns[0]}`;
  return width === 4
    ? `${vector} * mat4x4f(${columns.join(', ')})`
    : `vec4f(${columns.join(', ')}) * ${vector}`;
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

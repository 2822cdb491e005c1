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

/** `call(i)` for each i below `count`, one a line. */
export function repeat(count: number, call: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => call(i)).join('\n');
}

/** What the three kernels of a convolution have in common. */
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type Storage, storageLabel } from './storage.ts';

/** A convolution's sizes but for the batch, which the kernels read off their buffers. */
export interface ConvShape {
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: Stride;
  /** Zeros on every side. */
  readonly pad: number;
  /** How the maps are stored that the kernel reads or writes. Gradients are f32. */
  readonly x: Storage;
  readonly y: Storage;
}

/** `stored`: the maps that are not in f32. */
export function convShape(
  input: Shape4,
  filter: FilterShape,
  stride: Stride,
  stored: { readonly x?: Storage; readonly y?: Storage } = {},
): ConvShape {
  const [, height, width, inChannels] = input;
  const [kernel, , , outChannels] = filter;
  return {
    height,
    width,
    inChannels,
    outHeight: Math.ceil(height / stride),
    outWidth: Math.ceil(width / stride),
    outChannels,
    kernel,
    stride,
    pad: (kernel - 1) / 2,
    x: stored.x ?? 'f32',
    y: stored.y ?? 'f32',
  };
}

/** The shape in a kernel's label. */
export function labelOf(shape: ConvShape): string {
  const { height, width, inChannels, outChannels, kernel, stride } = shape;
  const stored = storageLabel('x', shape.x) + storageLabel('y', shape.y);
  return `${kernel}x${kernel} stride ${stride} ${height}x${width} ${inChannels}->${outChannels}${stored}`;
}

/** What one invocation computes: pixels of one row, times vectors of channels. */
export interface RegisterTile {
  readonly pixels: number;
  readonly vectors: number;
  /** Whether quads share what they load (quads.ts). */
  readonly quads: boolean;
}

/** A row of pixels cut into equal tiles; the last one may overhang. */
export interface RowTiles {
  readonly count: number;
  readonly pixels: number;
  readonly overhangs: boolean;
}

/** Tiles of at most about `pixels`, as even as they come, beginning at multiples of `multiple`. */
export function tileRow(width: number, pixels: number, multiple = 1): RowTiles {
  const even = Math.ceil(width / Math.ceil(width / pixels));
  const size = Math.ceil(even / multiple) * multiple;
  const count = Math.ceil(width / size);
  return { count, pixels: size, overhangs: count * size > width };
}

/** The largest number of vectors, at most `wanted`, that `total` divides into. */
export function vectorsOf(total: number, wanted: number): number {
  let vectors = Math.min(wanted, total);
  while (total % vectors !== 0) vectors -= 1;
  return vectors;
}

/**
 * WGSL for the vector that `loadAt` gives at a column of a row, zero outside: columns are `first` (a variable) + `offset` (a
 * number), and `first` runs from `from` to `to`. What cannot be outside is not asked.
 */
export function columnLoad(
  type: string,
  loadAt: (column: string) => string,
  { first, offset, from, to, width }: ColumnRange,
): string {
  const column = `${first} + (${offset})`;
  if (to + offset < 0 || from + offset >= width) return `${type}()`;
  const conditions = [
    ...(from + offset < 0 ? [`${column} >= 0`] : []),
    ...(to + offset >= width ? [`${column} < ${width}`] : []),
  ];
  if (conditions.length === 0) return loadAt(column);
  const inside = `clamp(${column}, 0, ${width - 1})`;
  return `select(${type}(), ${loadAt(inside)}, ${conditions.join(' && ')})`;
}

export interface ColumnRange {
  readonly first: string;
  readonly offset: number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

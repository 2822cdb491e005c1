/** What the three kernels of a convolution have in common. */
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type Storage, storageLabel } from './storage.ts';
import { widthOf } from './wgsl.ts';

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

/** The shape in a kernel's label; of shared sizes (sizes.ts), only what its source depends on. */
export function labelOf(shape: ConvShape, shared = false): string {
  const { height, width, inChannels, outChannels, kernel, stride } = shape;
  const stored = storageLabel('x', shape.x) + storageLabel('y', shape.y);
  const sizes = shared
    ? `of any size, by ${widthOf(inChannels)}->${widthOf(outChannels)}`
    : `${height}x${width} ${inChannels}->${outChannels}`;
  return `${kernel}x${kernel} stride ${stride} ${sizes}${stored}`;
}

/** What a convolution's kernels know by name: maps' sizes in pixels and in vectors of channels. */
export function convSizes(shape: ConvShape) {
  const { height, width, inChannels, outHeight, outWidth, outChannels } = shape;
  return {
    height,
    width,
    inVectors: inChannels / widthOf(inChannels),
    outHeight,
    outWidth,
    outVectors: outChannels / widthOf(outChannels),
  };
}

/** How a convolution is cut up into invocations that share nothing but what quads do. */
export interface RegisterTile {
  /** Pixels of one row. */
  readonly pixels: number;
  /** Vectors of channels. */
  readonly vectors: number;
  /** Whether quads share what they load (quads.ts). */
  readonly quads: boolean;
  /** Whether layers of all sizes share the kernel (sizes.ts). */
  readonly shared: boolean;
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

/** The tiles in a kernel's label. */
export function tilesLabel({ pixels, overhangs }: RowTiles, vectors: number, quads: boolean): string {
  return `${pixels} pixels${overhangs ? ', overhanging,' : ''} x ${vectors} vectors${quads ? ', quads' : ''}`;
}

/** The largest number of vectors, at most `wanted`, that `total` divides into. */
export function vectorsOf(total: number, wanted: number): number {
  let vectors = Math.min(wanted, total);
  while (total % vectors !== 0) vectors -= 1;
  return vectors;
}

/** Which columns of a row a load may be asked for. */
export interface ColumnRange {
  /** The column; WGSL. */
  readonly column: string;
  /** Whether it may be left of the row, and right of it. */
  readonly before: boolean;
  readonly after: boolean;
  /** The row's width; WGSL. */
  readonly width: string;
  /** What else must hold, else the vector is zero; WGSL. */
  readonly inside?: string;
}

/** WGSL for the vector that `loadAt` gives at a column of a row, zero outside. What cannot be outside is not asked. */
export function columnLoad(
  type: string,
  loadAt: (column: string) => string,
  { column, before, after, width, inside }: ColumnRange,
): string {
  const conditions = [
    ...(before ? [`${column} >= 0`] : []),
    ...(after ? [`${column} < ${width}`] : []),
    ...(inside === undefined ? [] : [inside]),
  ];
  if (conditions.length === 0) return loadAt(column);
  const clamped = before || after ? `clamp(${column}, 0, ${width} - 1)` : column;
  return `select(${type}(), ${loadAt(clamped)}, ${conditions.join(' && ')})`;
}

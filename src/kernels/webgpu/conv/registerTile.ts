/** What the register kernels of a convolution have in common: how they are cut up, and what they load and store. */
import type { ConvShape } from './convShape.ts';
import { loadVectors } from '../wgsl/quads.ts';
import { load } from '../wgsl/storage.ts';
import { forEachValue, repeat, type Width, typeOf, widthOf } from '../wgsl/wgsl.ts';

/** How a convolution is cut up into invocations that share nothing but what quads do. */
export interface RegisterTile {
  /** Pixels of one row. */
  readonly pixels: number;
  /** Vectors of channels. */
  readonly vectors: number;
  /** Whether quads share what they load (quads.ts). */
  readonly quads: boolean;
  /** Whether sizes are in a uniform, so that layers have one kernel (sizes.ts). */
  readonly uniformSizes: boolean;
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
interface ColumnRange {
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

/**
 * WGSL: `x0`, `x1` and so on, the vectors of a row of the input that a tile's output pixels reach; zero outside. The source must have
 * `row`, where the row's vectors of these channels begin, `first`, the column of `x0`, and `inside`, whether there is such a row.
 */
export function loadInput(shape: ConvShape, { pixels, overhangs }: Omit<RowTiles, 'count'>): string {
  const { kernel, stride, pad } = shape;
  const width = widthOf(shape.inChannels);
  // Output columns that the tile has for certain.
  const columns = overhangs ? 1 : pixels;
  const reached = new Set(
    Array.from({ length: pixels * kernel }, (_, i) => Math.floor(i / kernel) * stride + (i % kernel)),
  );
  const input = (offset: number) =>
    columnLoad(typeOf(width), (column) => load(shape.x, width, 'x', `row + (${column}) * sizes.inVectors`), {
      column: `first + ${offset}`,
      before: offset < pad,
      after: offset - pad > (columns - 1) * stride,
      width: 'sizes.width',
      ...(pad > 0 && { inside: 'inside' }),
    });
  return [...reached].map((offset) => `let x${offset} = ${input(offset)};`).join('\n    ');
}

/** The names of the filter's vectors at kx, one for each input channel of a vector. */
export function filterNames(inWidth: Width, kx: number, v: number): readonly string[] {
  return Array.from({ length: inWidth }, (_, lane) => `w${kx}_${lane}_${v}`);
}

/** WGSL: the {@link filterNames} of a row of the filter; `at` gives where each is. */
export function loadFilters(
  { kernel, inChannels }: ConvShape,
  { vectors, quads }: Pick<RegisterTile, 'vectors' | 'quads'>,
  at: (kx: number, v: number, lane: number | 'lane') => string,
): string {
  const width = widthOf(inChannels);
  return repeat(kernel, (kx) =>
    repeat(vectors, (v) =>
      loadVectors(quads, 'filters', filterNames(width, kx, v), (lane) => at(kx, v, lane)),
    ),
  );
}

type TileSize = Pick<RegisterTile, 'pixels' | 'vectors'>;

/** The names of a tile's sums: pixel by pixel, the vectors of each. */
function sumNames({ pixels, vectors }: TileSize): readonly string[] {
  return Array.from({ length: pixels * vectors }, (_, n) => `sum${Math.floor(n / vectors)}_${n % vectors}`);
}

/** WGSL: a tile's sums, `sum0_0` and so on by pixel and vector. */
export function declareSums(tile: TileSize, type: string): string {
  return sumNames(tile)
    .map((sum) => `var ${sum} = ${type}();`)
    .join('\n  ');
}

/** WGSL: what `store` does with each sum of a tile at `to`, in a map whose pixels have `depth` vectors and whose rows have `width` pixels. */
export function storeTile(
  { pixels, vectors, uniformSizes }: Pick<RegisterTile, 'pixels' | 'vectors' | 'uniformSizes'>,
  { type, overhangs, depth, width }: { type: string; overhangs: boolean; depth: string; width: string },
  store: (at: string, sum: string) => string,
): string {
  return forEachValue(uniformSizes, type, sumNames({ pixels, vectors }), (sum, n) => {
    const stored = store(`to + ${n} / ${vectors} * ${depth} + ${n} % ${vectors}`, sum);
    return overhangs ? `if (column + ${n} / ${vectors} < ${width}) { ${stored} }` : stored;
  });
}

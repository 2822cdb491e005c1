/** What the register kernels of a convolution have in common: how they are cut up, and what they load and store. */
import type { ConvShape } from './convShape.ts';
import { loadVectors, tileIndex } from '../wgsl/quads.ts';
import { type Storage, load, store } from '../wgsl/storage.ts';
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
 * WGSL: `row`, where the vectors `c` of the input's row begin that row `ky` of the filter reaches from `outRow` of `image`, and
 * `inside`, whether there is such a row.
 */
export function inputRow({ stride, pad }: ConvShape): string {
  return `let inRow = (outRow % sizes.outHeight) * ${stride} + ky - ${pad};
    let inside = inRow >= 0 && inRow < sizes.height;
    let row = (image * sizes.height + clamp(inRow, 0, sizes.height - 1)) * sizes.width * sizes.inVectors + c;`;
}

/**
 * WGSL: `x0`, `x1` and so on, the vectors of an {@link inputRow} that a tile's output pixels reach; zero outside. The source must have
 * `first`, the column of `x0`.
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

/** The map that a tile is a part of, in WGSL. */
export interface TiledMap {
  /** The array that it is bound to, the type of its vectors in registers, and how it is stored. */
  readonly name: string;
  readonly type: string;
  readonly storage: Storage;
  /** What to call the tile's row, in all images, and its first vector of channels. */
  readonly row: string;
  readonly vector: string;
  /** Its sizes; `depth`: vectors of channels. */
  readonly height: string;
  readonly width: string;
  readonly depth: string;
}

/** The names of a tile's sums: pixel by pixel, the vectors of each. */
function sumNames({ pixels, vectors }: Pick<RegisterTile, 'pixels' | 'vectors'>): readonly string[] {
  return Array.from({ length: pixels * vectors }, (_, n) => `sum${Math.floor(n / vectors)}_${n % vectors}`);
}

/**
 * WGSL: where an invocation's tile lies in the map that it computes: `image`, the map's names for row and vector, and `column`, the
 * first pixel's. `channels` are the filter's input channels, in vectors of `inWidth`.
 */
export function tileOrigin(
  { name, row, vector, height, width, depth }: TiledMap,
  { pixels, vectors, quads }: RegisterTile,
  inWidth: Width,
): string {
  return `let tilesInRow = (${width} + ${pixels - 1}) / ${pixels};
  let rows = i32(arrayLength(&${name})) / (${width} * ${depth});
  ${tileIndex(quads, `${depth} / ${vectors}`, 'rows * tilesInRow')}
  let channels = sizes.inVectors * ${inWidth};
  let ${vector} = group * ${vectors};
  let column = (tile % tilesInRow) * ${pixels};
  let ${row} = tile / tilesInRow;
  let image = ${row} / ${height};`;
}

/** WGSL: a tile's sums, `sum0_0` and so on by pixel and vector. */
export function declareSums({ type }: TiledMap, tile: RegisterTile): string {
  return sumNames(tile)
    .map((sum) => `var ${sum} = ${type}();`)
    .join('\n  ');
}

/** WGSL: stores a tile's sums where {@link tileOrigin} has it. `overhangs`: it may be cut off at the row's end. */
export function storeTile(
  { name, type, storage, row, vector, width, depth }: TiledMap,
  tile: RegisterTile,
  overhangs: boolean,
): string {
  const { vectors, uniformSizes } = tile;
  const stores = forEachValue(uniformSizes, type, sumNames(tile), (sum, n) => {
    const stored = store(storage, name, `to + ${n} / ${vectors} * ${depth} + ${n} % ${vectors}`, sum);
    return overhangs ? `if (column + ${n} / ${vectors} < ${width}) { ${stored} }` : stored;
  });
  return `if (many) { return; }
  let to = (${row} * ${width} + column) * ${depth} + ${vector};
  ${stores}`;
}

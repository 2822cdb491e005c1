import { type ConvShape, convSizes, labelOf } from './convShape.ts';
import type { Kernel } from '../wgsl/kernel.ts';
import { ENABLE_QUADS, mainOf, tileGrid, tileIndex } from '../wgsl/quads.ts';
import {
  type RegisterTile,
  type RowTiles,
  declareSums,
  filterNames,
  loadFilters,
  loadInput,
  storeTile,
  tileRow,
  tilesLabel,
  vectorsOf,
} from './registerTile.ts';
import { sizesOf } from '../wgsl/sizes.ts';
import { elementOf, halvesFor, store } from '../wgsl/storage.ts';
import { repeat, typeOf, matrixTimesVector, widthOf } from '../wgsl/wgsl.ts';

/**
 * A convolution without barriers: each invocation keeps a tile of pixels x channels in registers and walks over the
 * filter. Software adapters like big tiles (few loads), GPUs smaller ones (many invocations).
 */
export function convForwardRegister(shape: ConvShape, batch: number, tile: RegisterTile): Kernel {
  const sizes = convSizes(shape);
  const tiles = tileRow(shape.outWidth, tile.pixels);
  const vectors = vectorsOf(sizes.outVectors, tile.vectors);
  // Quads share four input channels' filters.
  const quads = tile.quads && widthOf(shape.inChannels) === 4;
  return {
    label: `conv forward ${labelOf(shape, tile.uniformSizes)}, ${tilesLabel(tiles, vectors, quads)}`,
    wgsl: () => sourceOf(shape, tiles, { ...tile, vectors, quads }),
    workgroups: tileGrid(quads, sizes.outVectors / vectors, batch * shape.outHeight * tiles.count),
    ...sizesOf(sizes, tile.uniformSizes).bound,
  };
}

function sourceOf(
  shape: ConvShape,
  { pixels, overhangs }: RowTiles,
  { vectors, quads, uniformSizes }: RegisterTile,
): string {
  const { kernel, stride, pad } = shape;
  const [inWidth, outWidth] = [widthOf(shape.inChannels), widthOf(shape.outChannels)];
  const yType = typeOf(outWidth);
  // One expression for each sum: as statements, each product would load and store its sum.
  const products = (i: number, v: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      matrixTimesVector(outWidth, filterNames(inWidth, kx, v), `x${i * stride + kx}`),
    ).join(' + ');

  // One loop with no branch in it: software adapters merge all sums wherever invocations might part.
  return `${quads ? ENABLE_QUADS : ''}
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(0) var<storage, read_write> y: array<${elementOf(shape.y, outWidth)}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, inWidth)}>;
// [kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(2) var<storage, read> filters: array<${yType}>;
${sizesOf(convSizes(shape), uniformSizes).declare(3)}${halvesFor(shape.x, shape.y)}
${mainOf(quads)}
  let tilesInRow = (sizes.outWidth + ${pixels - 1}) / ${pixels};
  let rows = i32(arrayLength(&y)) / (sizes.outWidth * sizes.outVectors);
  ${tileIndex(quads, `sizes.outVectors / ${vectors}`, 'rows * tilesInRow')}
  let channels = sizes.inVectors * ${inWidth};
  let k = group * ${vectors};
  let column = (tile % tilesInRow) * ${pixels};
  let outRow = tile / tilesInRow;
  let image = outRow / sizes.outHeight;
  let first = column * ${stride} - ${pad};
  ${declareSums({ pixels, vectors }, yType)}
  for (var step = 0; step < ${kernel} * sizes.inVectors; step++) {
    let ky = step / sizes.inVectors;
    let c = step % sizes.inVectors;
    let inRow = (outRow % sizes.outHeight) * ${stride} + ky - ${pad};
    let inside = inRow >= 0 && inRow < sizes.height;
    let row = (image * sizes.height + clamp(inRow, 0, sizes.height - 1)) * sizes.width * sizes.inVectors + c;
    let at = (ky * ${kernel} * channels + c * ${inWidth}) * sizes.outVectors + k;
    ${loadFilters(shape, { vectors, quads }, (kx, v, lane) => `at + (${kx} * channels + ${lane}) * sizes.outVectors + ${v}`)}
    ${loadInput(shape, { pixels, overhangs })}
    ${repeat(pixels, (i) => repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + (${products(i, v)});`))}
  }
  if (many) { return; }
  let to = (outRow * sizes.outWidth + column) * sizes.outVectors + k;
  ${storeTile({ pixels, vectors, uniformSizes }, { type: yType, overhangs, depth: 'sizes.outVectors', width: 'sizes.outWidth' }, (at, sum) => store(shape.y, 'y', at, sum))}
}`;
}

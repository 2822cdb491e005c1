import { forwardBindings } from './convBindings.ts';
import { type ConvShape, convSizes, labelOf } from './convShape.ts';
import type { Kernel } from '../wgsl/kernel.ts';
import { ENABLE_QUADS, mainOf, tileGrid } from '../wgsl/quads.ts';
import {
  type RegisterTile,
  type TiledMap,
  declareSums,
  filterNames,
  inputRow,
  loadFilters,
  loadInput,
  storeTile,
  tileOrigin,
  tileRow,
  tilesLabel,
  vectorsOf,
} from './registerTile.ts';
import { sizesOf } from '../wgsl/sizes.ts';
import { halvesFor } from '../wgsl/storage.ts';
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
    ...(quads && { directives: ENABLE_QUADS }),
    bindings: { ...forwardBindings(shape), sizes: sizesOf(sizes, tile.uniformSizes) },
    wgsl: () => sourceOf(shape, { ...tile, pixels: tiles.pixels, vectors, quads }, tiles.overhangs),
    workgroups: tileGrid(quads, sizes.outVectors / vectors, batch * shape.outHeight * tiles.count),
  };
}

/** `tile`: as it comes out for this shape, not as it was wanted. */
function sourceOf(shape: ConvShape, tile: RegisterTile, overhangs: boolean): string {
  const { kernel, stride, pad } = shape;
  const { pixels, vectors, quads } = tile;
  const [inWidth, outWidth] = [widthOf(shape.inChannels), widthOf(shape.outChannels)];
  const y: TiledMap = {
    name: 'y',
    type: typeOf(outWidth),
    storage: shape.y,
    row: 'outRow',
    vector: 'k',
    height: 'sizes.outHeight',
    width: 'sizes.outWidth',
    depth: 'sizes.outVectors',
  };
  // One expression for each sum: as statements, each product would load and store its sum.
  const products = (i: number, v: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      matrixTimesVector(outWidth, filterNames(inWidth, kx, v), `x${i * stride + kx}`),
    ).join(' + ');

  // One loop with no branch in it: software adapters merge all sums wherever invocations might part.
  return `${halvesFor(shape.x, shape.y)}
${mainOf(quads)}
  ${tileOrigin(y, tile, inWidth)}
  let first = column * ${stride} - ${pad};
  ${declareSums(y, tile)}
  for (var step = 0; step < ${kernel} * sizes.inVectors; step++) {
    let ky = step / sizes.inVectors;
    let c = step % sizes.inVectors;
    ${inputRow(shape)}
    let at = (ky * ${kernel} * channels + c * ${inWidth}) * sizes.outVectors + k;
    ${loadFilters(shape, tile, (kx, v, lane) => `at + (${kx} * channels + ${lane}) * sizes.outVectors + ${v}`)}
    ${loadInput(shape, { pixels, overhangs })}
    ${repeat(pixels, (i) => repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + (${products(i, v)});`))}
  }
  ${storeTile(y, tile, overhangs)}
}`;
}

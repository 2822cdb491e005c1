import { inputGradientBindings } from './convBindings.ts';
import { type ConvShape, convSizes, labelOf } from './convShape.ts';
import type { Kernel } from '../wgsl/kernel.ts';
import { ENABLE_QUADS, mainOf, tileGrid } from '../wgsl/quads.ts';
import {
  type RegisterTile,
  type TiledMap,
  columnLoad,
  declareSums,
  filterNames,
  loadFilters,
  storeTile,
  tileOrigin,
  tileRow,
  tilesLabel,
  vectorsOf,
} from './registerTile.ts';
import { sizesOf } from '../wgsl/sizes.ts';
import { repeat, typeOf, vectorTimesMatrix, widthOf } from '../wgsl/wgsl.ts';

/**
 * A convolution's input gradient without barriers: each invocation gathers, for a tile of input pixels x channels, from
 * the output pixels whose windows they were in. Tiles begin at multiples of the stride, so which of the filter's columns
 * reach which pixel is known when the source is written.
 */
export function convInputGradientRegister(shape: ConvShape, batch: number, tile: RegisterTile): Kernel {
  const sizes = convSizes(shape);
  const tiles = tileRow(shape.width, tile.pixels, shape.stride);
  const vectors = vectorsOf(sizes.inVectors, tile.vectors);
  const quads = tile.quads && widthOf(shape.inChannels) === 4;
  return {
    label: `conv input gradient ${labelOf(shape, tile.uniformSizes)}, ${tilesLabel(tiles, vectors, quads)}`,
    ...(quads && { directives: ENABLE_QUADS }),
    bindings: { ...inputGradientBindings(shape), sizes: sizesOf(sizes, tile.uniformSizes) },
    wgsl: () => sourceOf(shape, { ...tile, pixels: tiles.pixels, vectors, quads }, tiles.overhangs),
    workgroups: tileGrid(quads, sizes.inVectors / vectors, batch * shape.height * tiles.count),
  };
}

/** `tile`: as it comes out for this shape, not as it was wanted. */
function sourceOf(shape: ConvShape, tile: RegisterTile, overhangs: boolean): string {
  const { kernel, stride, pad } = shape;
  const { pixels, vectors, quads } = tile;
  const [inWidth, outWidth] = [widthOf(shape.inChannels), widthOf(shape.outChannels)];
  const dx: TiledMap = {
    name: 'dx',
    type: typeOf(inWidth),
    storage: 'f32',
    row: 'inRow',
    vector: 'c',
    height: 'sizes.height',
    width: 'sizes.width',
    depth: 'sizes.inVectors',
  };
  // With stride 2 a row of the filter reaches every other row of pixels: the others pass it by. Else there is no branch, as in
  // convForwardRegister.
  const passes = stride > 1;

  /** Where, from the tile's first output column, the gradient for pixel i by way of kx comes from; null if nowhere. */
  const source = (i: number, kx: number): number | null => {
    const distance = i + pad - kx;
    return distance % stride === 0 ? distance / stride : null;
  };
  const name = (offset: number) => `dy${offset + pad}`;
  const reached = new Set(
    Array.from({ length: pixels * kernel }, (_, i) => source(Math.floor(i / kernel), i % kernel)),
  );
  reached.delete(null);

  const load = (offset: number) =>
    columnLoad(typeOf(outWidth), (column) => `dy[row + (${column}) * sizes.outVectors]`, {
      column: `first + (${offset})`,
      before: offset < 0,
      after: offset >= (overhangs ? 1 : pixels / stride),
      width: 'sizes.outWidth',
      ...(pad > 0 && !passes && { inside: 'inside' }),
    });
  /** What pixel i gets for vector v. One expression for each sum, as in convForwardRegister. */
  const products = (i: number, v: number) => {
    const taps = Array.from({ length: kernel }, (_, kx) => {
      const offset = source(i, kx);
      return offset === null ? [] : [vectorTimesMatrix(outWidth, name(offset), filterNames(inWidth, kx, v))];
    });
    return taps.flat().join(' + ') || `${dx.type}()`;
  };

  return `
${mainOf(quads)}
  ${tileOrigin(dx, tile, inWidth)}
  let first = column / ${stride};
  ${declareSums(dx, tile)}
  for (var step = 0; step < ${kernel} * sizes.outVectors; step++) {
    let ky = step / sizes.outVectors;
    let k = step % sizes.outVectors;
    let distance = inRow % sizes.height + ${pad} - ky;
    let outRow = distance / ${stride};
    let inside = distance >= 0 && distance % ${stride} == 0 && outRow < sizes.outHeight;
    let row = (image * sizes.outHeight + clamp(outRow, 0, sizes.outHeight - 1)) * sizes.outWidth * sizes.outVectors + k;
    let at = (ky * ${kernel} * channels + c * ${inWidth}) * sizes.outVectors + k;
    ${loadFilters(shape, tile, (kx, v, lane) => `at + (${kx} * channels + ${v * inWidth} + ${lane}) * sizes.outVectors`)}
    ${passes ? 'if (inside) {' : ''}
    ${[...reached].map((offset) => `let ${name(offset!)} = ${load(offset!)};`).join('\n    ')}
    ${repeat(pixels, (i) => repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + (${products(i, v)});`))}
    ${passes ? '}' : ''}
  }
  ${storeTile(dx, tile, overhangs)}
}`;
}

import {
  type ConvShape,
  type RegisterTile,
  type RowTiles,
  columnLoad,
  convSizes,
  labelOf,
  tileRow,
  tilesLabel,
  vectorsOf,
} from '../convShape.ts';
import type { Kernel } from '../kernel.ts';
import { ENABLE_QUADS, loadVectors, mainOf, tileGrid, tileIndex } from '../quads.ts';
import { declareSizes, sharedSizes } from '../sizes.ts';
import { elementOf, halvesFor, load, store } from '../storage.ts';
import { forEachValue, repeat, typeOf, weightedSum, widthOf } from '../wgsl.ts';

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
    label: `conv forward ${labelOf(shape, tile.shared)}, ${tilesLabel(tiles, vectors, quads)}`,
    wgsl: () => sourceOf(shape, tiles, { ...tile, vectors, quads }),
    workgroups: tileGrid(quads, sizes.outVectors / vectors, batch * shape.outHeight * tiles.count),
    ...sharedSizes(sizes, tile.shared),
  };
}

function sourceOf(
  shape: ConvShape,
  { pixels, overhangs }: RowTiles,
  { vectors, quads, shared }: RegisterTile,
): string {
  const { kernel, stride, pad } = shape;
  const [inWidth, outWidth] = [widthOf(shape.inChannels), widthOf(shape.outChannels)];
  const [xType, yType] = [typeOf(inWidth), typeOf(outWidth)];
  // Output columns that a tile has for certain.
  const columns = overhangs ? 1 : pixels;

  const input = (offset: number) =>
    columnLoad(xType, (column) => load(shape.x, inWidth, 'x', `row + (${column}) * sizes.inVectors`), {
      column: `first + ${offset}`,
      before: offset < pad,
      after: offset - pad > (columns - 1) * stride,
      width: 'sizes.width',
      ...(pad > 0 && { inside: 'inside' }),
    });
  const weights = (kx: number, v: number) =>
    Array.from({ length: inWidth }, (_, lane) => `w${kx}_${lane}_${v}`);
  const loadWeights = (kx: number, v: number) =>
    loadVectors(
      quads,
      'filters',
      weights(kx, v),
      (lane) => `at + (${kx} * channels + ${lane}) * sizes.outVectors + ${v}`,
    );
  // One expression for each sum: as statements, each product would load and store its sum.
  const products = (i: number, v: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      weightedSum(outWidth, weights(kx, v), `x${i * stride + kx}`),
    ).join(' + ');
  const sums = Array.from(
    { length: pixels * vectors },
    (_, n) => `sum${Math.floor(n / vectors)}_${n % vectors}`,
  );
  const output = (sum: string, n: string) => {
    const at = `to + ${n} / ${vectors} * sizes.outVectors + ${n} % ${vectors}`;
    const stored = store(shape.y, 'y', at, sum);
    return overhangs ? `if (column + ${n} / ${vectors} < sizes.outWidth) { ${stored} }` : stored;
  };
  const reached = new Set(
    Array.from({ length: pixels * kernel }, (_, i) => Math.floor(i / kernel) * stride + (i % kernel)),
  );

  // One loop with no branch in it: software adapters merge all sums wherever invocations might part.
  return `${quads ? ENABLE_QUADS : ''}
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(0) var<storage, read_write> y: array<${elementOf(shape.y, outWidth)}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, inWidth)}>;
// [kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(2) var<storage, read> filters: array<${yType}>;
${declareSizes(convSizes(shape), shared, 3)}${halvesFor(shape.x, shape.y)}
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
  ${sums.map((sum) => `var ${sum} = ${yType}();`).join('\n  ')}
  for (var step = 0; step < ${kernel} * sizes.inVectors; step++) {
    let ky = step / sizes.inVectors;
    let c = step % sizes.inVectors;
    let inRow = (outRow % sizes.outHeight) * ${stride} + ky - ${pad};
    let inside = inRow >= 0 && inRow < sizes.height;
    let row = (image * sizes.height + clamp(inRow, 0, sizes.height - 1)) * sizes.width * sizes.inVectors + c;
    let at = (ky * ${kernel} * channels + c * ${inWidth}) * sizes.outVectors + k;
    ${repeat(kernel, (kx) => repeat(vectors, (v) => loadWeights(kx, v)))}
    ${[...reached].map((offset) => `let x${offset} = ${input(offset)};`).join('\n    ')}
    ${repeat(pixels, (i) => repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + (${products(i, v)});`))}
  }
  if (many) { return; }
  let to = (outRow * sizes.outWidth + column) * sizes.outVectors + k;
  ${forEachValue(shared, yType, sums, output)}
}`;
}

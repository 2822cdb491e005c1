import { type ConvShape, type RegisterTile, columnLoad, labelOf, tileRow, vectorsOf } from '../convShape.ts';
import { FLAT_MAIN, type Kernel } from '../kernel.ts';
import { ENABLE_QUADS, QUAD_MAIN, broadcast, tileGrid, tileIndex } from '../quads.ts';
import { elementOf, halvesFor, load, store } from '../storage.ts';
import { lanesOf, repeat, typeOf, widthOf } from '../wgsl.ts';

/**
 * A convolution without barriers: each invocation keeps a tile of pixels x channels in registers and walks over the
 * filter. Software adapters like big tiles (few loads), GPUs smaller ones (many invocations).
 */
export function convForwardRegister(shape: ConvShape, batch: number, tile: RegisterTile): Kernel {
  const { outHeight, outWidth, outChannels } = shape;
  const groups = outChannels / widthOf(outChannels);
  const tiles = tileRow(outWidth, tile.pixels);
  const vectors = vectorsOf(groups, tile.vectors);
  // Quads share four input channels' filters.
  const quads = tile.quads && widthOf(shape.inChannels) === 4;
  return {
    label: `conv forward ${labelOf(shape)}, ${tiles.pixels} pixels x ${vectors} vectors${quads ? ', quads' : ''}`,
    wgsl: () => sourceOf(shape, { pixels: tile.pixels, vectors, quads }),
    workgroups: tileGrid(quads, groups / vectors, batch * outHeight * tiles.count),
  };
}

function sourceOf(shape: ConvShape, { pixels: wanted, vectors, quads }: RegisterTile): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const [inWidth, outWidthOfVector] = [widthOf(inChannels), widthOf(outChannels)];
  const [xType, yType] = [typeOf(inWidth), typeOf(outWidthOfVector)];
  const lanes = lanesOf(inWidth);
  const inVectors = inChannels / inWidth;
  const outVectors = outChannels / outWidthOfVector;
  const { count: tiles, pixels, overhangs } = tileRow(outWidth, wanted);
  const from = -pad;
  const to = (tiles - 1) * pixels * stride - pad;
  const columns = new Set(
    Array.from({ length: pixels * kernel }, (_, i) => Math.floor(i / kernel) * stride + (i % kernel)),
  );

  const input = (offset: number) =>
    columnLoad(xType, (column) => load(shape.x, inWidth, 'x', `row + (${column}) * ${inVectors} + c`), {
      first: 'first',
      offset,
      from,
      to,
      width,
    });
  const weights = (kx: number, v: number) =>
    quads
      ? `let own${kx}_${v} = filters[at + lane * ${outVectors} + ${v}];
      ${broadcast(`own${kx}_${v}`, [`w${kx}_0_${v}`, `w${kx}_1_${v}`, `w${kx}_2_${v}`, `w${kx}_3_${v}`])}`
      : repeat(inWidth, (lane) => `let w${kx}_${lane}_${v} = filters[at + ${lane * outVectors + v}];`);
  const filterRow = `
      var at = (ky * ${kernel * inChannels} + c * ${inWidth}) * ${outVectors} + k;
      ${repeat(kernel, (kx) => `${repeat(vectors, (v) => weights(kx, v))}\nat += ${inChannels * outVectors};`)}`;
  // One expression for each sum: as statements, each product would load and store its sum.
  const products = (i: number, v: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      lanes.map((lane, l) => `x${i * stride + kx}${lane} * w${kx}_${l}_${v}`),
    )
      .flat()
      .join(' + ');
  const output = (i: number) => {
    const all = repeat(vectors, (v) => store(shape.y, 'y', `to + ${i * outVectors + v}`, `sum${i}_${v}`));
    return overhangs ? `if (column + ${i} < ${outWidth}) { ${all} }` : all;
  };

  return `${quads ? ENABLE_QUADS : ''}
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(0) var<storage, read_write> y: array<${elementOf(shape.y, outWidthOfVector)}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, inWidth)}>;
// [kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(2) var<storage, read> filters: array<${yType}>;${halvesFor(shape.x, shape.y)}
${quads ? QUAD_MAIN : FLAT_MAIN}
  let rows = i32(arrayLength(&y)) / ${outWidth * outVectors};
  ${tileIndex(quads, outVectors / vectors, `rows * ${tiles}`)}
  let k = group * ${vectors};
  let column = (tile % ${tiles}) * ${pixels};
  let outRow = tile / ${tiles};
  let image = outRow / ${outHeight};
  let first = column * ${stride} - ${pad};
  ${repeat(pixels, (i) => repeat(vectors, (v) => `var sum${i}_${v} = ${yType}();`))}
  for (var ky = 0; ky < ${kernel}; ky++) {
    let inRow = (outRow % ${outHeight}) * ${stride} + ky - ${pad};
    let inside = inRow >= 0 && inRow < ${height};
    let row = (image * ${height} + inRow) * ${width * inVectors};
    for (var c = 0; c < ${inVectors}; c++) {
      ${quads ? filterRow : ''}
      if (inside) {
        ${quads ? '' : filterRow}
        ${[...columns].map((offset) => `let x${offset} = ${input(offset)};`).join('\n      ')}
        ${repeat(pixels, (i) => repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + (${products(i, v)});`))}
      }
    }
  }
  if (many) { return; }
  let to = (outRow * ${outWidth} + column) * ${outVectors} + k;
  ${repeat(pixels, output)}
}`;
}

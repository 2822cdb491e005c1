import { type ConvShape, type RegisterTile, columnLoad, labelOf, tileRow, vectorsOf } from '../convShape.ts';
import { FLAT_MAIN, type Kernel } from '../kernel.ts';
import { ENABLE_QUADS, QUAD_MAIN, broadcast, tileGrid, tileIndex } from '../quads.ts';
import { dotOf, repeat, typeOf, widthOf } from '../wgsl.ts';

/**
 * A convolution's input gradient without barriers: each invocation gathers, for a tile of input pixels x channels, from
 * the output pixels whose windows they were in. Tiles begin at multiples of the stride, so which of the filter's columns
 * reach which pixel is known when the source is written.
 */
export function convInputGradientRegister(shape: ConvShape, batch: number, tile: RegisterTile): Kernel {
  const { height, width, inChannels, stride } = shape;
  const groups = inChannels / widthOf(inChannels);
  const tiles = tileRow(width, tile.pixels, stride);
  const vectors = vectorsOf(groups, tile.vectors);
  const quads = tile.quads && widthOf(inChannels) === 4;
  return {
    label: `conv input gradient ${labelOf(shape)}, ${tiles.pixels} pixels x ${vectors} vectors${quads ? ', quads' : ''}`,
    wgsl: () => sourceOf(shape, { pixels: tile.pixels, vectors, quads }),
    workgroups: tileGrid(quads, groups / vectors, batch * height * tiles.count),
  };
}

function sourceOf(shape: ConvShape, { pixels: wanted, vectors, quads }: RegisterTile): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const [inWidth, outWidthOfVector] = [widthOf(inChannels), widthOf(outChannels)];
  const [xType, yType] = [typeOf(inWidth), typeOf(outWidthOfVector)];
  const inVectors = inChannels / inWidth;
  const outVectors = outChannels / outWidthOfVector;
  const { count: tiles, pixels, overhangs } = tileRow(width, wanted, stride);
  const to = ((tiles - 1) * pixels) / stride;

  /** Where, from the tile's first output column, the gradient for pixel i by way of kx comes from; null if nowhere. */
  const source = (i: number, kx: number): number | null => {
    const distance = i + pad - kx;
    return distance % stride === 0 ? distance / stride : null;
  };
  const name = (offset: number) => `dy${offset + pad}`;
  const offsets = new Set(
    Array.from({ length: pixels * kernel }, (_, i) => source(Math.floor(i / kernel), i % kernel)),
  );
  offsets.delete(null);

  const load = (offset: number) =>
    columnLoad(yType, (column) => `dy[row + (${column}) * ${outVectors} + k]`, {
      first: 'first',
      offset,
      from: 0,
      to,
      width: outWidth,
    });
  const weights = (kx: number, v: number) =>
    quads
      ? `let own${kx}_${v} = filters[at + (${4 * v} + lane) * ${outVectors}];
      ${broadcast(`own${kx}_${v}`, [`w${kx}_0_${v}`, `w${kx}_1_${v}`, `w${kx}_2_${v}`, `w${kx}_3_${v}`])}`
      : repeat(
          inWidth,
          (lane) => `let w${kx}_${lane}_${v} = filters[at + ${(v * inWidth + lane) * outVectors}];`,
        );
  const filterRow = `
      var at = (ky * ${kernel * inChannels} + c * ${inWidth}) * ${outVectors} + k;
      ${repeat(kernel, (kx) => `${repeat(vectors, (v) => weights(kx, v))}\nat += ${inChannels * outVectors};`)}`;
  /** What pixel i gets for each lane of vector v. One expression for each sum, as in convForwardRegister. */
  const products = (i: number, v: number) =>
    Array.from({ length: inWidth }, (_, lane) => {
      const taps = Array.from({ length: kernel }, (_, kx) => {
        const offset = source(i, kx);
        return offset === null ? [] : [dotOf(outWidthOfVector, name(offset), `w${kx}_${lane}_${v}`)];
      });
      return taps.flat().join(' + ') || '0';
    }).join(', ');
  const store = (i: number) => {
    const all = repeat(vectors, (v) => `dx[to + ${i * inVectors + v}] = sum${i}_${v};`);
    return overhangs ? `if (column + ${i} < ${width}) { ${all} }` : all;
  };

  return `${quads ? ENABLE_QUADS : ''}
// [N, height, width, inChannels]
@group(0) @binding(0) var<storage, read_write> dx: array<${xType}>;
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(1) var<storage, read> dy: array<${yType}>;
// [kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(2) var<storage, read> filters: array<${yType}>;
${quads ? QUAD_MAIN : FLAT_MAIN}
  let rows = i32(arrayLength(&dx)) / ${width * inVectors};
  ${tileIndex(quads, inVectors / vectors, `rows * ${tiles}`)}
  let c = group * ${vectors};
  let column = (tile % ${tiles}) * ${pixels};
  let inRow = tile / ${tiles};
  let image = inRow / ${height};
  let first = column / ${stride};
  ${repeat(pixels, (i) => repeat(vectors, (v) => `var sum${i}_${v} = ${xType}();`))}
  for (var ky = 0; ky < ${kernel}; ky++) {
    let distance = inRow % ${height} + ${pad} - ky;
    let inside = distance >= 0 && distance % ${stride} == 0 && distance / ${stride} < ${outHeight};
    let row = (image * ${outHeight} + distance / ${stride}) * ${outWidth * outVectors};
    for (var k = 0; k < ${outVectors}; k++) {
      ${quads ? filterRow : ''}
      if (inside) {
        ${quads ? '' : filterRow}
        ${[...offsets].map((offset) => `let ${name(offset!)} = ${load(offset!)};`).join('\n      ')}
        ${repeat(pixels, (i) =>
          repeat(vectors, (v) => `sum${i}_${v} = sum${i}_${v} + ${xType}(${products(i, v)});`),
        )}
      }
    }
  }
  if (many) { return; }
  let to = (inRow * ${width} + column) * ${inVectors} + c;
  ${repeat(pixels, store)}
}`;
}

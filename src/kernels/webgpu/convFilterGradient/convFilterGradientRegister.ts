import { type ConvShape, columnLoad, labelOf, vectorsOf } from '../convShape.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { lanesOf, repeat, typeOf, widthOf } from '../wgsl.ts';

/** How the work is cut up. */
export interface FilterGradientTile {
  /** Parts into which the batch's rows are divided, at most. */
  readonly parts: number;
  /** Vectors of output channels for each invocation. */
  readonly vectors: number;
}

/**
 * A convolution's filter gradient without barriers: each invocation walks over some of the batch's rows and sums one row
 * of the filter for a vector of input channels and some of output channels. Gives `[parts, kernel, kernel, in, out]`, to
 * be summed over the parts by sumParts.
 */
export function convFilterGradientRegister(
  shape: ConvShape,
  batch: number,
  tile: FilterGradientTile,
): { kernel: Kernel; parts: number } {
  const { inChannels, outChannels, kernel } = shape;
  const rows = batch * shape.outHeight;
  const parts = Math.ceil(rows / Math.ceil(rows / tile.parts));
  const outVectors = outChannels / widthOf(outChannels);
  const vectors = vectorsOf(outVectors, tile.vectors);
  const invocations = (parts * kernel * (inChannels / widthOf(inChannels)) * outVectors) / vectors;
  return {
    kernel: {
      label: `conv filter gradient ${labelOf(shape)}, ${vectors} vectors`,
      wgsl: () => sourceOf(shape, vectors),
      workgroups: flatGrid(invocations),
    },
    parts,
  };
}

function sourceOf(shape: ConvShape, vectors: number): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const [inWidth, outWidthOfVector] = [widthOf(inChannels), widthOf(outChannels)];
  const [xType, yType] = [typeOf(inWidth), typeOf(outWidthOfVector)];
  const lanes = lanesOf(inWidth);
  const inVectors = inChannels / inWidth;
  const outVectors = outChannels / outWidthOfVector;
  const size = (kernel * kernel * inChannels * outChannels) / outWidthOfVector;

  const load = (first: string, offset: number, from: number, to: number) =>
    columnLoad('x', xType, (column) => `row + (${column}) * ${inVectors} + c`, {
      first,
      offset,
      from,
      to,
      width,
    });
  const loadGradient = repeat(vectors, (v) => `let dy${v} = dy[at + ${v}];`);
  const multiply = repeat(kernel, (kx) =>
    lanes
      .map((lane, l) =>
        repeat(vectors, (v) => `sum${kx}_${l}_${v} = sum${kx}_${l}_${v} + x${kx}${lane} * dy${v};`),
      )
      .join('\n'),
  );

  // With stride 1 a window keeps all but one column when it moves.
  const sliding = `
    ${repeat(kernel - 1, (kx) => `var x${kx} = ${load('0', kx - pad, 0, 0)};`)}
    for (var column = 0; column < ${outWidth}; column++) {
      let x${kernel - 1} = ${load('column', kernel - 1 - pad, 0, outWidth - 1)};
      ${loadGradient}
      ${multiply}
      ${repeat(kernel - 1, (kx) => `x${kx} = x${kx + 1};`)}
      at += ${outVectors};
    }`;
  const jumping = `
    for (var column = 0; column < ${outWidth}; column++) {
      let first = column * ${stride} - ${pad};
      ${repeat(kernel, (kx) => `let x${kx} = ${load('first', kx, -pad, (outWidth - 1) * stride - pad)};`)}
      ${loadGradient}
      ${multiply}
      at += ${outVectors};
    }`;

  return `
// [parts, kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(0) var<storage, read_write> parts: array<${yType}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${xType}>;
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(2) var<storage, read> dy: array<${yType}>;
${FLAT_MAIN}
  let count = i32(arrayLength(&parts)) / ${size};
  if (index >= count * ${(kernel * inVectors * outVectors) / vectors}) { return; }
  let k = (index % ${outVectors / vectors}) * ${vectors};
  let c = index / ${outVectors / vectors} % ${inVectors};
  let ky = index / ${(inVectors * outVectors) / vectors} % ${kernel};
  let part = index / ${(kernel * inVectors * outVectors) / vectors};
  let rows = i32(arrayLength(&dy)) / ${outWidth * outVectors};
  let rowsOfPart = (rows + count - 1) / count;
  ${repeat(kernel, (kx) =>
    repeat(inWidth, (l) => repeat(vectors, (v) => `var sum${kx}_${l}_${v} = ${yType}();`)),
  )}
  for (var outRow = part * rowsOfPart; outRow < min((part + 1) * rowsOfPart, rows); outRow++) {
    let inRow = (outRow % ${outHeight}) * ${stride} + ky - ${pad};
    if (inRow < 0 || inRow >= ${height}) { continue; }
    let row = (outRow / ${outHeight} * ${height} + inRow) * ${width * inVectors};
    var at = outRow * ${outWidth * outVectors} + k;
    ${stride === 1 ? sliding : jumping}
  }
  let to = part * ${size} + (ky * ${kernel * inChannels} + c * ${inWidth}) * ${outVectors} + k;
  ${repeat(kernel, (kx) =>
    repeat(inWidth, (l) =>
      repeat(vectors, (v) => `parts[to + ${(kx * inChannels + l) * outVectors + v}] = sum${kx}_${l}_${v};`),
    ),
  )}
}`;
}

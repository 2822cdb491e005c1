import { type ConvShape, type RegisterTile, columnLoad, labelOf, vectorsOf } from '../convShape.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { ENABLE_QUADS, QUAD, QUAD_MAIN, broadcast } from '../quads.ts';
import { elementOf, halvesFor, load } from '../storage.ts';
import { lanesOf, repeat, typeOf, widthOf } from '../wgsl.ts';

/** How the work is cut up. */
export interface FilterGradientTile {
  /** Parts into which the batch's rows are divided, at most. */
  readonly parts: number;
  /** Vectors of output channels for each invocation. */
  readonly vectors: number;
  /** Pixels for each turn, at most. */
  readonly pixels: number;
  /** Whether quads share what they load (quads.ts). */
  readonly quads: boolean;
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
  const pixels = vectorsOf(shape.outWidth, tile.pixels);
  // A quad is four vectors of input channels, and shares whole vectors of dy.
  const quads = tile.quads && inChannels % (4 * QUAD) === 0 && (pixels * vectors) % QUAD === 0;
  return {
    kernel: {
      label: `conv filter gradient ${labelOf(shape)}, ${pixels} pixels x ${vectors} vectors${quads ? ', quads' : ''}`,
      wgsl: () => sourceOf(shape, { pixels, vectors, quads }),
      workgroups: flatGrid(invocations),
    },
    parts,
  };
}

function sourceOf(shape: ConvShape, { pixels, vectors, quads }: RegisterTile): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const [inWidth, outWidthOfVector] = [widthOf(inChannels), widthOf(outChannels)];
  const [xType, yType] = [typeOf(inWidth), typeOf(outWidthOfVector)];
  const lanes = lanesOf(inWidth);
  const inVectors = inChannels / inWidth;
  const outVectors = outChannels / outWidthOfVector;
  const size = (kernel * kernel * inChannels * outChannels) / outWidthOfVector;

  const input = (offset: number, first: string, to: number) =>
    columnLoad(xType, (column) => load(shape.x, inWidth, 'x', `row + (${column}) * ${inVectors} + c`), {
      first,
      offset,
      from: -pad,
      to,
      width,
    });
  // A turn's last columns are the next one's first: they are kept.
  const kept = Math.max(0, kernel - stride);
  const lastTurn = (outWidth - pixels) * stride - pad;
  /** Vector number `n` of those of a turn's pixels. */
  const gradient = (n: number) => `dy${Math.floor(n / vectors)}_${n % vectors}`;
  const loadGradient = repeat(pixels * vectors, (n) =>
    quads ? '' : `let ${gradient(n)} = dy[at + ${Math.floor(n / vectors) * outVectors + (n % vectors)}];`,
  );
  const shareGradient = repeat((pixels * vectors) / QUAD, (quarter) => {
    const n = `(lane + ${quarter * QUAD})`;
    const names = [0, 1, 2, 3].map((lane) => gradient(quarter * QUAD + lane));
    return `let own${quarter} = dy[at + ${n} / ${vectors} * ${outVectors} + ${n} % ${vectors}];
      ${broadcast(`own${quarter}`, names)}`;
  });
  // One expression for each sum, as in convForwardRegister.
  const products = (kx: number, lane: string, v: number) =>
    Array.from({ length: pixels }, (_, i) => `x${i * stride + kx}${lane} * dy${i}_${v}`).join(' + ');
  const multiply = repeat(kernel, (kx) =>
    lanes
      .map((lane, l) =>
        repeat(vectors, (v) => `sum${kx}_${l}_${v} = sum${kx}_${l}_${v} + (${products(kx, lane, v)});`),
      )
      .join('\n'),
  );

  return `${quads ? ENABLE_QUADS : ''}
// [parts, kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(0) var<storage, read_write> parts: array<${yType}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, inWidth)}>;
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(2) var<storage, read> dy: array<${yType}>;${halvesFor(shape.x)}
${quads ? QUAD_MAIN : FLAT_MAIN}
  let count = i32(arrayLength(&parts)) / ${size};
  if (index >= count * ${(kernel * inVectors * outVectors) / vectors}) { return; }
  let c = index % ${inVectors};
  let k = index / ${inVectors} % ${outVectors / vectors} * ${vectors};
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
    ${repeat(kept, (i) => `var x${i} = ${input(i, String(-pad), -pad)};`)}
    for (var column = 0; column < ${outWidth}; column += ${pixels}) {
      let first = column * ${stride} - ${pad};
      ${repeat((pixels - 1) * stride + kernel - kept, (i) => `let x${kept + i} = ${input(kept + i, 'first', lastTurn)};`)}
      ${quads ? shareGradient : loadGradient}
      ${multiply}
      at += ${pixels * outVectors};
      ${repeat(kept, (i) => `x${i} = x${i + pixels * stride};`)}
    }
  }
  let to = part * ${size} + (ky * ${kernel * inChannels} + c * ${inWidth}) * ${outVectors} + k;
  ${repeat(kernel, (kx) =>
    repeat(inWidth, (l) =>
      repeat(vectors, (v) => `parts[to + ${(kx * inChannels + l) * outVectors + v}] = sum${kx}_${l}_${v};`),
    ),
  )}
}`;
}

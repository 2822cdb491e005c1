import { filterGradientBindings } from './convBindings.ts';
import { type ConvShape, convSizes, labelOf } from './convShape.ts';
import { type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { ENABLE_QUADS, QUAD, loadVectors, mainOf } from '../wgsl/quads.ts';
import { columnLoad, inputRow, loadInput, vectorsOf } from './registerTile.ts';
import { sizesOf } from '../wgsl/sizes.ts';
import { halvesFor } from '../wgsl/storage.ts';
import { forEachValue, lanesOf, repeat, typeOf, matrixTimesVector, widthOf } from '../wgsl/wgsl.ts';

/** How the work is cut up. */
export interface FilterGradientTile {
  /** Parts into which the batch's rows are divided, at most. */
  readonly parts: number;
  /** Vectors of output channels for each invocation. */
  readonly vectors: number;
  /** Invocations in a workgroup: there are few, and software adapters give whole workgroups to their threads. */
  readonly workgroup: number;
  /** Whether quads share what they load (quads.ts). */
  readonly quads: boolean;
  /** Whether sizes are in a uniform, so that layers have one kernel (sizes.ts). */
  readonly uniformSizes: boolean;
}

/** Output pixels of a row that are summed at once: a vector, so that their sum is one product. */
const PIXELS = 4;

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
  const sizes = convSizes(shape);
  const rows = batch * shape.outHeight;
  const parts = Math.ceil(rows / Math.ceil(rows / tile.parts));
  const vectors = vectorsOf(sizes.outVectors, tile.vectors);
  const members = membersOf(shape.kernel * sizes.inVectors, tile.quads);
  const overhangs = shape.outWidth % PIXELS !== 0;
  const { quads, uniformSizes } = tile;
  const how = `${overhangs ? 'overhanging, ' : ''}${vectors} vectors${quads ? ', quads' : ''}, workgroups of ${tile.workgroup}`;
  return {
    kernel: {
      label: `conv filter gradient ${labelOf(shape, uniformSizes)}, ${how}`,
      ...(quads && { directives: ENABLE_QUADS }),
      bindings: { ...filterGradientBindings(shape), sizes: sizesOf(sizes, uniformSizes) },
      wgsl: () => sourceOf(shape, { ...tile, vectors }, overhangs),
      workgroups: flatGrid((parts * members * sizes.outVectors) / vectors, tile.workgroup),
    },
    parts,
  };
}

/** Invocations for the `rows` of filters that need the same of dy: in quads, with spare ones to make them full. */
function membersOf(rows: number, quads: boolean): number {
  return quads ? Math.ceil(rows / QUAD) * QUAD : rows;
}

function sourceOf(shape: ConvShape, tile: FilterGradientTile, overhangs: boolean): string {
  const { kernel, stride, pad } = shape;
  const { vectors, quads, uniformSizes } = tile;
  const [inWidth, outWidth] = [widthOf(shape.inChannels), widthOf(shape.outChannels)];
  const yType = typeOf(outWidth);
  const pixelsOf = (v: number) => Array.from({ length: PIXELS }, (_, i) => `dy${i}_${v}`);
  const loadGradient = (v: number) =>
    overhangs
      ? repeat(
          PIXELS,
          (i) =>
            `let dy${i}_${v} = ${columnLoad(
              yType,
              (c) => `dy[at + (${c} - column) * sizes.outVectors + ${v}]`,
              {
                column: `column + ${i}`,
                before: false,
                after: i >= 1,
                width: 'sizes.outWidth',
              },
            )};`,
        )
      : loadVectors(quads, 'dy', pixelsOf(v), (i) => `at + ${i} * sizes.outVectors + ${v}`);
  // One expression for each sum, as in convForwardRegister.
  const product = (kx: number, lane: string, v: number) => {
    const x = Array.from({ length: PIXELS }, (_, i) => `x${i * stride + kx}${lane}`);
    return matrixTimesVector(outWidth, pixelsOf(v), `vec4f(${x.join(', ')})`);
  };
  const lanes = lanesOf(inWidth);
  const sums = Array.from({ length: kernel * inWidth * vectors }, (_, n) => {
    const [kx, lane, v] = [Math.floor(n / vectors / inWidth), Math.floor(n / vectors) % inWidth, n % vectors];
    return { name: `sum${kx}_${lane}_${v}`, product: product(kx, lanes[lane]!, v) };
  });
  const names = sums.map(({ name }) => name);
  const output = (sum: string, n: string) => {
    const row = `${n} / ${inWidth * vectors} * sizes.inVectors * ${inWidth} + ${n} / ${vectors} % ${inWidth}`;
    return `parts[to + (${row}) * sizes.outVectors + ${n} % ${vectors}] = ${sum};`;
  };

  return `${halvesFor(shape.x)}
${mainOf(quads, tile.workgroup)}
  let filterRows = ${kernel} * sizes.inVectors;
  let members = ${quads ? `(filterRows + ${QUAD - 1}) / ${QUAD} * ${QUAD}` : 'filterRows'};
  let groupCount = sizes.outVectors / ${vectors};
  let size = filterRows * ${kernel * inWidth} * sizes.outVectors;
  let count = i32(arrayLength(&parts)) / size;
  if (index >= count * members * groupCount) { return; }
  let spare = index % members >= filterRows;
  let filterRow = min(index % members, filterRows - 1);
  let c = filterRow % sizes.inVectors;
  let ky = filterRow / sizes.inVectors;
  let k = index / members % groupCount * ${vectors};
  let part = index / (members * groupCount);
  let rows = i32(arrayLength(&dy)) / (sizes.outWidth * sizes.outVectors);
  let rowsOfPart = (rows + count - 1) / count;
  let start = part * rowsOfPart;
  let chunks = (sizes.outWidth + ${PIXELS - 1}) / ${PIXELS};
  ${names.map((name) => `var ${name} = ${yType}();`).join('\n  ')}
  for (var chunk = start * chunks; chunk < min(start + rowsOfPart, rows) * chunks; chunk++) {
    let outRow = chunk / chunks;
    let column = chunk % chunks * ${PIXELS};
    let first = column * ${stride} - ${pad};
    let image = outRow / sizes.outHeight;
    ${inputRow(shape)}
    let at = (outRow * sizes.outWidth + column) * sizes.outVectors + k;
    ${loadInput(shape, { pixels: PIXELS, overhangs })}
    ${repeat(vectors, loadGradient)}
    ${sums.map(({ name, product: more }) => `${name} = ${name} + ${more};`).join('\n    ')}
  }
  if (spare) { return; }
  let to = part * size + (ky * ${kernel} * sizes.inVectors + c) * ${inWidth} * sizes.outVectors + k;
  ${forEachValue(uniformSizes, yType, names, output)}
}`;
}

import { BLOCK, blockOrigin, blockVectors, blocksOf, inputPatch } from './convBlock.ts';
import { type ConvShape, labelOf } from './convShape.ts';
import { type Kernel, grid, groupMain } from '../wgsl/kernel.ts';
import { elementOf, halvesFor, load } from '../wgsl/storage.ts';
import { repeat } from '../wgsl/wgsl.ts';

/** Workgroups that keep a GPU busy. */
const WORKGROUPS = 512;

/**
 * A convolution's filter gradient for GPUs: each workgroup walks over some of the batch's blocks of 8 x 8 output pixels, for
 * up to 16 input and 16 output channels; each invocation sums one input channel x one vector of output channels x all
 * taps. Gives `[parts, kernel, kernel, in, out]`, to be summed by sumParts. Needs channels in fours (canTile).
 */
export function convFilterGradientTiled(shape: ConvShape, batch: number): { kernel: Kernel; parts: number } {
  const { rows, columns } = blocksOf(shape.outHeight, shape.outWidth);
  const { depth, vectors } = channelsOf(shape);
  const divisions = (shape.inChannels * shape.outChannels) / (16 * depth * vectors);
  const blocks = batch * rows * columns;
  const parts = Math.ceil(blocks / Math.ceil(blocks / Math.ceil(WORKGROUPS / divisions)));
  const kernel: Kernel = {
    label: `conv filter gradient ${labelOf(shape)}, tiled`,
    wgsl: () => sourceOf(shape),
    workgroups: grid(parts * divisions),
  };
  return { kernel, parts };
}

/** Vectors of input and of output channels in a workgroup. */
function channelsOf(shape: ConvShape): { depth: number; vectors: number } {
  // Stride 2 makes patches four times as big: fewer channels, to stay within 16 KiB.
  return {
    depth: blockVectors(shape.inChannels / 4, inputPatch(shape).reach === 1 ? 4 : 2),
    vectors: blockVectors(shape.outChannels / 4),
  };
}

function sourceOf(shape: ConvShape): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const inVectors = inChannels / 4;
  const outVectors = outChannels / 4;
  const blocks = blocksOf(outHeight, outWidth);
  const { step, reach, side } = inputPatch(shape);
  const { depth, vectors } = channelsOf(shape);
  const invocations = 4 * depth * vectors;
  const divisions = (inVectors * outVectors) / (depth * vectors);
  const size = kernel * kernel * inChannels * outVectors;
  const patchSize = side * side * depth;
  const blockSize = BLOCK * BLOCK * vectors;

  const products = (ky: number, kx: number) =>
    Array.from({ length: BLOCK }, (_, column) => `x${ky}_${column * reach + kx} * dy${column}`).join(' + ');

  const at = `((image * ${height} + inRow) * ${width} + inColumn) * ${inVectors} + firstChannel + i % ${depth}`;
  return `
// [parts, kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(0) var<storage, read_write> parts: array<vec4f>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, 4)}>;
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(2) var<storage, read> dy: array<vec4f>;${halvesFor(shape.x)}
// [side, side, 4 * depth], zero outside the map
var<workgroup> inputs: array<f32, ${4 * patchSize}>;
// [block, block, vectors], zero outside the map
var<workgroup> gradients: array<vec4f, ${blockSize}>;
${groupMain(invocations)}
  let count = i32(arrayLength(&parts)) / ${size};
  if (group >= count * ${divisions}) { return; }
  let firstVector = group % ${outVectors / vectors} * ${vectors};
  let firstChannel = group / ${outVectors / vectors} % ${inVectors / depth} * ${depth};
  let part = group / ${divisions};
  let blocks = i32(arrayLength(&dy)) / ${outHeight * outWidth * outVectors} * ${blocks.rows * blocks.columns};
  let blocksOfPart = (blocks + count - 1) / count;
  let k = local % ${vectors};
  let c = local / ${vectors};
  ${repeat(kernel, (ky) => repeat(kernel, (kx) => `var sum${ky}_${kx} = vec4f();`))}
  for (var block = part * blocksOfPart; block < min((part + 1) * blocksOfPart, blocks); block++) {
    ${blockOrigin(blocks)}
    workgroupBarrier();
    for (var i = local; i < ${patchSize}; i += ${invocations}) {
      let inRow = firstRow * ${stride} - ${pad} + i / ${side * depth} * ${step};
      let inColumn = firstColumn * ${stride} - ${pad} + i / ${depth} % ${side} * ${step};
      var value = vec4f();
      if (inRow >= 0 && inRow < ${height} && inColumn >= 0 && inColumn < ${width}) {
        value = ${load(shape.x, 4, 'x', at)};
      }
      ${repeat(4, (lane) => `inputs[i * 4 + ${lane}] = value[${lane}];`)}
    }
    for (var i = local; i < ${blockSize}; i += ${invocations}) {
      let outRow = firstRow + i / ${BLOCK * vectors};
      let outColumn = firstColumn + i / ${vectors} % ${BLOCK};
      var value = vec4f();
      if (outRow < ${outHeight} && outColumn < ${outWidth}) {
        value = dy[((image * ${outHeight} + outRow) * ${outWidth} + outColumn) * ${outVectors} + firstVector + i % ${vectors}];
      }
      gradients[i] = value;
    }
    workgroupBarrier();
    for (var row = 0; row < ${BLOCK}; row++) {
      let start = row * ${BLOCK * vectors} + k;
      ${repeat(BLOCK, (column) => `let dy${column} = gradients[start + ${column * vectors}];`)}
      let at = row * ${reach * side * 4 * depth} + c;
      ${repeat(kernel, (ky) =>
        repeat(side, (j) => `let x${ky}_${j} = inputs[at + ${(ky * side + j) * 4 * depth}];`),
      )}
      ${repeat(kernel, (ky) => repeat(kernel, (kx) => `sum${ky}_${kx} = sum${ky}_${kx} + (${products(ky, kx)});`))}
    }
  }
  let to = part * ${size} + (firstChannel * 4 + c) * ${outVectors} + firstVector + k;
  ${repeat(kernel, (ky) =>
    repeat(kernel, (kx) => `parts[to + ${(ky * kernel + kx) * inChannels * outVectors}] = sum${ky}_${kx};`),
  )}
}`;
}

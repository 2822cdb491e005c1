import { filterGradientBindings } from './convBindings.ts';
import { BLOCK, blockOrigin, blockVectors, blocksOf, inputPatch, loadInputPatch } from './convBlock.ts';
import { type ConvShape, labelOf } from './convShape.ts';
import { type Kernel, grid, groupMain } from '../wgsl/kernel.ts';
import { halvesFor } from '../wgsl/storage.ts';
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
  const { depth } = inputPatch(shape);
  const vectors = blockVectors(shape.outChannels / 4);
  const divisions = (shape.inChannels * shape.outChannels) / (16 * depth * vectors);
  const blocks = batch * rows * columns;
  const parts = Math.ceil(blocks / Math.ceil(blocks / Math.ceil(WORKGROUPS / divisions)));
  const kernel: Kernel = {
    label: `conv filter gradient ${labelOf(shape)}, tiled`,
    bindings: filterGradientBindings(shape),
    wgsl: () => sourceOf(shape),
    workgroups: grid(parts * divisions),
  };
  return { kernel, parts };
}

function sourceOf(shape: ConvShape): string {
  const { inChannels, outHeight, outWidth, outChannels, kernel } = shape;
  const inVectors = inChannels / 4;
  const outVectors = outChannels / 4;
  const blocks = blocksOf(outHeight, outWidth);
  const { reach, side, depth, size: patchSize } = inputPatch(shape);
  const vectors = blockVectors(outVectors);
  const invocations = 4 * depth * vectors;
  const divisions = (inVectors * outVectors) / (depth * vectors);
  const size = kernel * kernel * inChannels * outVectors;
  const blockSize = BLOCK * BLOCK * vectors;

  const products = (ky: number, kx: number) =>
    Array.from({ length: BLOCK }, (_, column) => `x${ky}_${column * reach + kx} * dy${column}`).join(' + ');

  const put = repeat(4, (lane) => `inputs[i * 4 + ${lane}] = value[${lane}];`);
  return `${halvesFor(shape.x)}
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
    ${loadInputPatch(shape, invocations, put)}
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

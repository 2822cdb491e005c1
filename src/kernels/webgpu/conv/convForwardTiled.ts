import { BLOCK, blockOrigin, blockVectors, blocksOf, inputPatch } from './convBlock.ts';
import { type ConvShape, labelOf } from './convShape.ts';
import { type Kernel, WORKGROUP_SIZE, grid, groupMain } from '../wgsl/kernel.ts';
import { elementOf, halvesFor, load, store } from '../wgsl/storage.ts';
import { lanesOf, repeat } from '../wgsl/wgsl.ts';

/**
 * A convolution for GPUs: each workgroup computes 8 x 8 pixels x up to 16 channels, each invocation some neighbouring pixels
 * of one vector of channels. Needs channels in fours (canTile).
 */
export function convForwardTiled(shape: ConvShape, batch: number): Kernel {
  const { rows, columns } = blocksOf(shape.outHeight, shape.outWidth);
  const outVectors = shape.outChannels / 4;
  return {
    label: `conv forward ${labelOf(shape)}, tiled`,
    wgsl: () => sourceOf(shape),
    workgroups: grid((batch * rows * columns * outVectors) / blockVectors(outVectors)),
  };
}

function sourceOf(shape: ConvShape): string {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const inVectors = inChannels / 4;
  const outVectors = outChannels / 4;
  const blocks = blocksOf(outHeight, outWidth);
  const { step, reach, side } = inputPatch(shape);
  // Stride 2 makes patches four times as big: fewer channels at a time, to stay within 16 KiB.
  const depth = blockVectors(inVectors, reach === 1 ? 4 : 2);
  const vectors = blockVectors(outVectors);
  // As many pixels an invocation as vectors in the block: together 64 pixels x vectors.
  const pixels = vectors;
  const patchSize = side * side * depth;
  const filterSize = kernel * kernel * 4 * depth * vectors;

  const products = (i: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      lanesOf(4).map((lane, l) => `x${i * reach + kx}${lane} * w${kx}_${l}`),
    )
      .flat()
      .join(' + ');

  const at = `((image * ${height} + inRow) * ${width} + inColumn) * ${inVectors} + firstChannel + i % ${depth}`;
  return `
// [N, outHeight, outWidth, outChannels]
@group(0) @binding(0) var<storage, read_write> y: array<${elementOf(shape.y, 4)}>;
// [N, height, width, inChannels]
@group(0) @binding(1) var<storage, read> x: array<${elementOf(shape.x, 4)}>;
// [kernel, kernel, inChannels, outChannels], in vectors of output channels
@group(0) @binding(2) var<storage, read> filters: array<vec4f>;${halvesFor(shape.x, shape.y)}
// [side, side, depth], zero outside the map
var<workgroup> inputs: array<vec4f, ${patchSize}>;
// [kernel, kernel, 4 * depth, vectors]
var<workgroup> weights: array<vec4f, ${filterSize}>;
${groupMain(WORKGROUP_SIZE)}
  let images = i32(arrayLength(&y)) / ${outHeight * outWidth * outVectors};
  if (group >= images * ${(blocks.rows * blocks.columns * outVectors) / vectors}) { return; }
  let firstVector = group % ${outVectors / vectors} * ${vectors};
  let block = group / ${outVectors / vectors};
  ${blockOrigin(blocks)}
  let k = local % ${vectors};
  let column = local / ${vectors} % ${BLOCK / pixels} * ${pixels};
  let row = local / ${(vectors * BLOCK) / pixels};
  ${repeat(pixels, (i) => `var sum${i} = vec4f();`)}
  for (var firstChannel = 0; firstChannel < ${inVectors}; firstChannel += ${depth}) {
    workgroupBarrier();
    for (var i = local; i < ${patchSize}; i += ${WORKGROUP_SIZE}) {
      let inRow = firstRow * ${stride} - ${pad} + i / ${side * depth} * ${step};
      let inColumn = firstColumn * ${stride} - ${pad} + i / ${depth} % ${side} * ${step};
      var value = vec4f();
      if (inRow >= 0 && inRow < ${height} && inColumn >= 0 && inColumn < ${width}) {
        value = ${load(shape.x, 4, 'x', at)};
      }
      inputs[i] = value;
    }
    for (var i = local; i < ${filterSize}; i += ${WORKGROUP_SIZE}) {
      let channel = i / ${vectors} % ${4 * depth} + firstChannel * 4;
      let tap = i / ${vectors * 4 * depth};
      weights[i] = filters[(tap * ${inChannels} + channel) * ${outVectors} + firstVector + i % ${vectors}];
    }
    workgroupBarrier();
    for (var ky = 0; ky < ${kernel}; ky++) {
      for (var c = 0; c < ${depth}; c++) {
        let at = ((row * ${reach} + ky) * ${side} + column * ${reach}) * ${depth} + c;
        ${repeat((pixels - 1) * reach + kernel, (j) => `let x${j} = inputs[at + ${j * depth}];`)}
        let tap = (ky * ${kernel * 4 * depth} + c * 4) * ${vectors} + k;
        ${repeat(kernel, (kx) =>
          repeat(4, (l) => `let w${kx}_${l} = weights[tap + ${(kx * 4 * depth + l) * vectors}];`),
        )}
        ${repeat(pixels, (i) => `sum${i} = sum${i} + (${products(i)});`)}
      }
    }
  }
  let outRow = firstRow + row;
  let outColumn = firstColumn + column;
  if (outRow >= ${outHeight}) { return; }
  let to = ((image * ${outHeight} + outRow) * ${outWidth} + outColumn) * ${outVectors} + firstVector + k;
  ${repeat(pixels, (i) => `if (outColumn + ${i} < ${outWidth}) { ${store(shape.y, 'y', `to + ${i * outVectors}`, `sum${i}`)} }`)}
}`;
}

import { inputGradientBindings } from './convBindings.ts';
import {
  BLOCK,
  type BlockMap,
  blockGrid,
  blockTile,
  blockVectors,
  storeBlock,
  vectorsInBlock,
} from './convBlock.ts';
import { type ConvShape, labelOf } from './convShape.ts';
import { type Kernel, WORKGROUP_SIZE, groupMain } from '../wgsl/kernel.ts';
import { repeat } from '../wgsl/wgsl.ts';

/**
 * A convolution's input gradient for GPUs: each workgroup computes 8 x 8 input pixels x up to 16 input channels, each
 * invocation some neighbouring pixels of one vector of channels. Needs channels in fours (canTile).
 */
export function convInputGradientTiled(shape: ConvShape, batch: number): Kernel {
  return {
    label: `conv input gradient ${labelOf(shape)}, tiled`,
    bindings: inputGradientBindings(shape),
    wgsl: () => sourceOf(shape),
    workgroups: blockGrid(gradientOf(shape), batch),
  };
}

function gradientOf({ height, width, inChannels }: ConvShape): BlockMap {
  const names = { name: 'dx', vector: 'c', row: 'inRow', column: 'inColumn' };
  return { ...names, storage: 'f32', height, width, depth: inChannels / 4 };
}

function sourceOf(shape: ConvShape): string {
  const { inChannels, outHeight, outWidth, outChannels, kernel, stride, pad } = shape;
  const outVectors = outChannels / 4;
  const dx = gradientOf(shape);
  // Output pixels whose windows reach into a block, counted from the one over its first pixel.
  const before = Math.floor((pad - kernel + 1) / stride);
  const side = Math.floor((BLOCK - 1 + pad) / stride) - before + 1;
  const depth = blockVectors(outVectors);
  const vectors = vectorsInBlock(dx);
  const pixels = vectors;
  const patchSize = side * side * depth;
  const filterSize = kernel * kernel * 4 * vectors * depth;

  /** Where, from the one over the first, the gradient for pixel i by way of kx comes from; null if nowhere. */
  const source = (i: number, kx: number): number | null => {
    const distance = i + pad - kx;
    return distance % stride === 0 ? distance / stride - before : null;
  };
  const sources = Array.from({ length: pixels * kernel }, (_, i) =>
    source(Math.floor(i / kernel), i % kernel),
  );
  const columns = [...new Set(sources)].filter((column) => column !== null);
  const products = (i: number) =>
    Array.from({ length: 4 }, (_, lane) => {
      const taps = Array.from({ length: kernel }, (_, kx) => {
        const column = source(i, kx);
        return column === null ? [] : [`dot(dy${column}, w${kx}_${lane})`];
      });
      return taps.flat().join(' + ') || '0';
    }).join(', ');

  return `
// [side, side, depth], zero outside the map
var<workgroup> gradients: array<vec4f, ${patchSize}>;
// [kernel, kernel, 4 * vectors, depth]
var<workgroup> weights: array<vec4f, ${filterSize}>;
${groupMain(WORKGROUP_SIZE)}
  ${blockTile(dx)}
  for (var firstChannel = 0; firstChannel < ${outVectors}; firstChannel += ${depth}) {
    workgroupBarrier();
    for (var i = local; i < ${patchSize}; i += ${WORKGROUP_SIZE}) {
      let outRow = firstRow / ${stride} + ${before} + i / ${side * depth};
      let outColumn = firstColumn / ${stride} + ${before} + i / ${depth} % ${side};
      var value = vec4f();
      if (outRow >= 0 && outRow < ${outHeight} && outColumn >= 0 && outColumn < ${outWidth}) {
        value = dy[((image * ${outHeight} + outRow) * ${outWidth} + outColumn) * ${outVectors} + firstChannel + i % ${depth}];
      }
      gradients[i] = value;
    }
    for (var i = local; i < ${filterSize}; i += ${WORKGROUP_SIZE}) {
      let channel = i / ${depth} % ${4 * vectors} + firstVector * 4;
      let tap = i / ${depth * 4 * vectors};
      weights[i] = filters[(tap * ${inChannels} + channel) * ${outVectors} + firstChannel + i % ${depth}];
    }
    workgroupBarrier();
    for (var ky = 0; ky < ${kernel}; ky++) {
      let distance = row + ${pad} - ky;
      if (distance % ${stride} != 0) { continue; }
      for (var k = 0; k < ${depth}; k++) {
        let at = ((distance / ${stride} - ${before}) * ${side} + column / ${stride}) * ${depth} + k;
        ${columns.map((j) => `let dy${j} = gradients[at + ${j * depth}];`).join('\n        ')}
        let tap = (ky * ${kernel * 4 * vectors} + c * 4) * ${depth} + k;
        ${repeat(kernel, (kx) =>
          repeat(4, (l) => `let w${kx}_${l} = weights[tap + ${(kx * 4 * vectors + l) * depth}];`),
        )}
        ${repeat(pixels, (i) => `sum${i} = sum${i} + vec4f(${products(i)});`)}
      }
    }
  }
  ${storeBlock(dx)}
}`;
}

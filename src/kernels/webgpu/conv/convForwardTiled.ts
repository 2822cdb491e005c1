import { forwardBindings } from './convBindings.ts';
import {
  type BlockMap,
  blockGrid,
  blockTile,
  inputPatch,
  loadInputPatch,
  storeBlock,
  vectorsInBlock,
} from './convBlock.ts';
import { type ConvShape, labelOf } from './convShape.ts';
import { type Kernel, WORKGROUP_SIZE, groupMain } from '../wgsl/kernel.ts';
import { halvesFor } from '../wgsl/storage.ts';
import { lanesOf, repeat } from '../wgsl/wgsl.ts';

/**
 * A convolution for GPUs: each workgroup computes 8 x 8 pixels x up to 16 channels, each invocation some neighbouring pixels
 * of one vector of channels. Needs channels in fours (canTile).
 */
export function convForwardTiled(shape: ConvShape, batch: number): Kernel {
  return {
    label: `conv forward ${labelOf(shape)}, tiled`,
    bindings: forwardBindings(shape),
    wgsl: () => sourceOf(shape),
    workgroups: blockGrid(outputOf(shape), batch),
  };
}

function outputOf({ outHeight, outWidth, outChannels, y }: ConvShape): BlockMap {
  const names = { name: 'y', vector: 'k', row: 'outRow', column: 'outColumn' };
  return { ...names, storage: y, height: outHeight, width: outWidth, depth: outChannels / 4 };
}

function sourceOf(shape: ConvShape): string {
  const { inChannels, outChannels, kernel } = shape;
  const y = outputOf(shape);
  const { reach, side, depth, size } = inputPatch(shape);
  const vectors = vectorsInBlock(y);
  const pixels = vectors;
  const filterSize = kernel * kernel * 4 * depth * vectors;

  const products = (i: number) =>
    Array.from({ length: kernel }, (_, kx) =>
      lanesOf(4).map((lane, l) => `x${i * reach + kx}${lane} * w${kx}_${l}`),
    )
      .flat()
      .join(' + ');

  return `${halvesFor(shape.x, shape.y)}
// [side, side, depth], zero outside the map
var<workgroup> inputs: array<vec4f, ${size}>;
// [kernel, kernel, 4 * depth, vectors]
var<workgroup> weights: array<vec4f, ${filterSize}>;
${groupMain(WORKGROUP_SIZE)}
  ${blockTile(y)}
  for (var firstChannel = 0; firstChannel < ${inChannels / 4}; firstChannel += ${depth}) {
    workgroupBarrier();
    ${loadInputPatch(shape, WORKGROUP_SIZE, 'inputs[i] = value;')}
    for (var i = local; i < ${filterSize}; i += ${WORKGROUP_SIZE}) {
      let channel = i / ${vectors} % ${4 * depth} + firstChannel * 4;
      let tap = i / ${vectors * 4 * depth};
      weights[i] = filters[(tap * ${inChannels} + channel) * ${outChannels / 4} + firstVector + i % ${vectors}];
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
  ${storeBlock(y)}
}`;
}

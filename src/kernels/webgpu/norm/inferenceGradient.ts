import { BATCH_NORM_EPSILON } from '../../ops.ts';
import { type ChannelShape, groupSizes, positionInvocations, positionLoop } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, storageLabel } from '../wgsl/storage.ts';
import { typeOf } from '../wgsl/wgsl.ts';
import { gradientAt } from './chunkGradientSums.ts';

/**
 * With g the gradient before ReLU, and moments that are given numbers: dx = scale / sqrt(variance + epsilon) * g, and g itself for the
 * `residual` branch. `y`: how the output is stored that says where ReLU was open; null without ReLU.
 */
export function inferenceGradient(
  shape: ChannelShape,
  y: Storage | null,
  residual: boolean,
  cooperative: boolean,
): Kernel {
  const { width } = shape;
  const sizes = groupSizes(shape, cooperative);
  const type = typeOf(width);
  return {
    label: `batch norm inference gradient, ${sizes.label}${y ? ', relu' : ''}${residual ? ', residual' : ''}${storageLabel('y', y)}`,
    bindings: {
      outputs: [
        binding('dx', type, '[positions, C]'),
        ...(residual ? [binding('dResidual', type, '[positions, C]: g')] : []),
      ],
      inputs: [
        binding('dy', type, '[positions, C]'),
        binding('affine', type, '[2, C]: scale, then shift'),
        binding('moments', type, '[2, C]: mean, then variance'),
        ...(y ? [binding('y', elementOf(y, width), '[positions, C]')] : []),
      ],
      sizes,
    },
    wgsl: () => `${halvesFor(y)}
${FLAT_MAIN}
${positionLoop(
  'dx',
  `let factor = affine[c] * inverseSqrt(moments[sizes.groups + c] + ${BATCH_NORM_EPSILON});`,
  `let g = ${gradientAt(width, y)};
    ${residual ? 'dResidual[at] = g;' : ''}
    dx[at] = factor * g;`,
)}
}`,
    workgroups: flatGrid(positionInvocations(shape)),
  };
}

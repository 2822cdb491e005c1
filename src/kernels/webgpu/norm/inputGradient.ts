import { BATCH_NORM_EPSILON } from '../../ops.ts';
import { type ChannelShape, groupSizes, positionInvocations, positionLoop } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { elementOf, halvesFor, load } from '../wgsl/storage.ts';
import { typeOf } from '../wgsl/wgsl.ts';
import { type GradientMaps, gradientAt, mapLabels } from './chunkGradientSums.ts';

/**
 * With g the gradient before ReLU and h = (x - mean) / deviation: dx = scale / deviation * (g - mean(g) - h * mean(g * h))
 * (Ioffe and Szegedy 2015, section 3), and g itself for the residual branch where ReLU makes it differ from dy.
 */
export function inputGradient(
  shape: ChannelShape,
  { x, y }: GradientMaps,
  residual: boolean,
  cooperative: boolean,
): Kernel {
  const { width } = shape;
  const sizes = groupSizes(shape, cooperative);
  const type = typeOf(width);
  return {
    label: `batch norm input gradient, ${sizes.label}${y ? ', relu' : ''}${residual ? ', residual' : ''}${mapLabels({ x, y })}`,
    bindings: {
      outputs: [
        binding('dx', type, '[positions, C]'),
        ...(residual ? [binding('dResidual', type, '[positions, C]: g')] : []),
      ],
      inputs: [
        binding('dy', type, '[positions, C]'),
        binding('x', elementOf(x, width), '[positions, C]'),
        binding('affine', type, '[2, C]: scale, then shift'),
        binding('moments', type, '[2, C]: mean, then variance'),
        binding('dAffine', type, '[2, C]: the sums of g * h, then of g'),
        ...(y ? [binding('y', elementOf(y, width), '[positions, C]')] : []),
      ],
      sizes,
    },
    wgsl: () => `${halvesFor(x, y)}
${FLAT_MAIN}
${positionLoop(
  'dx',
  `let mean = moments[c];
  let inverse = inverseSqrt(moments[sizes.groups + c] + ${BATCH_NORM_EPSILON});
  let factor = affine[c] * inverse;
  let slope = inverse * dAffine[c] / f32(positions);
  let offset = dAffine[sizes.groups + c] / f32(positions);`,
  `let g = ${gradientAt(width, y)};
    ${residual ? 'dResidual[at] = g;' : ''}
    dx[at] = factor * (g - offset - (${load(x, width, 'x', 'at')} - mean) * slope);`,
)}
}`,
    workgroups: flatGrid(positionInvocations(shape)),
  };
}

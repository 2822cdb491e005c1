import { BATCH_NORM_EPSILON } from '../../ops.ts';
import { type ChannelShape, groupSizes, positionInvocations, positionLoop } from './channelShape.ts';
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
  const first = residual ? 2 : 1;
  return {
    label: `batch norm input gradient, ${sizes.label}${y ? ', relu' : ''}${residual ? ', residual' : ''}${mapLabels({ x, y })}`,
    wgsl: () => `
// [positions, C]
@group(0) @binding(0) var<storage, read_write> dx: array<${type}>;
${residual ? `// [positions, C]: g\n@group(0) @binding(1) var<storage, read_write> dResidual: array<${type}>;` : ''}
// [positions, C]
@group(0) @binding(${first}) var<storage, read> dy: array<${type}>;
// [positions, C]
@group(0) @binding(${first + 1}) var<storage, read> x: array<${elementOf(x, width)}>;
// [2, C]: scale, then shift
@group(0) @binding(${first + 2}) var<storage, read> affine: array<${type}>;
// [2, C]: mean, then variance
@group(0) @binding(${first + 3}) var<storage, read> moments: array<${type}>;
// [2, C]: the sums of g * h, then of g
@group(0) @binding(${first + 4}) var<storage, read> dAffine: array<${type}>;
${y ? `// [positions, C]\n@group(0) @binding(${first + 5}) var<storage, read> y: array<${elementOf(y, width)}>;` : ''}
${sizes.declare(first + (y ? 6 : 5))}${halvesFor(x, y)}
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
    ...sizes.bound,
  };
}

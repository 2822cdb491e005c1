import { BATCH_NORM_EPSILON } from '../../ops.ts';
import { type ChannelShape, groupSizes } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { teamMemory, teamOf, teamSum } from '../wgsl/team.ts';
import { typeOf } from '../wgsl/wgsl.ts';

/** The gradients of scale and shift, `[2, C]`, from the sums of chunkGradientSums. */
export function affineGradient(shape: ChannelShape, cooperative: boolean): Kernel {
  const { groups, width } = shape;
  const type = typeOf(width);
  const team = teamOf(1, cooperative);
  const sizes = groupSizes(shape, cooperative);
  return {
    label: `batch norm gradient of scale and shift, ${sizes.label}, team of ${team}`,
    bindings: {
      outputs: [binding('dAffine', type, '[2, C]: the gradient of the scale, then of the shift')],
      inputs: [
        binding('chunks', type, '[chunks, 2, C]: see chunkGradientSums'),
        binding('moments', type, '[2, C]: mean, then variance'),
      ],
      sizes,
    },
    wgsl: () => `
${teamMemory(team, type, ['sum'])}
${FLAT_MAIN}
  ${team === 1 ? `if (index >= 2 * sizes.groups) { return; }` : ''}
  let row = index / ${team};
  var sum = ${type}();
  let first = row + index % ${team} * 2 * sizes.groups;
  for (var at = first; at < i32(arrayLength(&chunks)); at += 2 * sizes.groups * ${team}) {
    sum = sum + chunks[at];
  }
  ${teamSum(team, ['sum'])}
  if (index % ${team} != 0) { return; }
  let c = row % sizes.groups;
  let inverse = inverseSqrt(moments[sizes.groups + c] + ${BATCH_NORM_EPSILON});
  dAffine[row] = select(sum, sum * inverse, row < sizes.groups);
}`,
    workgroups: flatGrid(2 * groups * team),
  };
}

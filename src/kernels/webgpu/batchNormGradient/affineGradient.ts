import { BATCH_NORM_EPSILON } from '../../ops.ts';
import type { ChannelShape } from '../channelShape.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { typeOf } from '../wgsl.ts';

/** The gradients of scale and shift, `[2, C]`, from the sums of chunkGradientSums. */
export function affineGradient({ groups, width }: ChannelShape): Kernel {
  const type = typeOf(width);
  return {
    label: `batch norm gradient of scale and shift, ${groups} x ${width} channels`,
    wgsl: () => `
// [2, C]: the gradient of the scale, then of the shift
@group(0) @binding(0) var<storage, read_write> dAffine: array<${type}>;
// [chunks, 2, C]: see chunkGradientSums
@group(0) @binding(1) var<storage, read> chunks: array<${type}>;
// [2, C]: mean, then variance
@group(0) @binding(2) var<storage, read> moments: array<${type}>;
${FLAT_MAIN}
  if (index >= ${2 * groups}) { return; }
  var sum = ${type}();
  for (var at = index; at < i32(arrayLength(&chunks)); at += ${2 * groups}) {
    sum = sum + chunks[at];
  }
  let c = index % ${groups};
  let inverse = inverseSqrt(moments[${groups} + c] + ${BATCH_NORM_EPSILON});
  dAffine[index] = select(sum, sum * inverse, index < ${groups});
}`,
    workgroups: flatGrid(2 * groups),
  };
}

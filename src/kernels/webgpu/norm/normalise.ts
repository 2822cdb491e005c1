import { BATCH_NORM_EPSILON } from '../../ops.ts';
import { type ChannelShape, groupSizes, positionInvocations, positionLoop } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, load, storageLabel, store } from '../wgsl/storage.ts';
import { notBelowZero, notBelowZeroFor, typeOf } from '../wgsl/wgsl.ts';

/** How the maps of {@link normalise} are stored; `residual` is null without one. */
export interface NormaliseMaps {
  readonly x: Storage;
  readonly residual: Storage | null;
  readonly y: Storage;
}

/** y = relu(scale * (x - mean) / sqrt(variance + epsilon) + shift + residual), the last two parts where asked for. */
export function normalise(
  shape: ChannelShape,
  { x, residual, y }: NormaliseMaps,
  relu: boolean,
  cooperative: boolean,
): Kernel {
  const { width } = shape;
  const sizes = groupSizes(shape, cooperative);
  const type = typeOf(width);
  const added = residual ? ` + ${load(residual, width, 'residual', 'at')}` : '';
  const sum = `(${load(x, width, 'x', 'at')} - mean) * factor + shift${added}`;
  const body = store(y, 'y', 'at', relu ? notBelowZero(sum) : sum);
  const stored = storageLabel('x', x) + storageLabel('residual', residual) + storageLabel('y', y);
  return {
    label: `batch norm, ${sizes.label}${residual ? ', residual' : ''}${relu ? ', relu' : ''}${stored}`,
    bindings: {
      outputs: [binding('y', elementOf(y, width), '[positions, C]')],
      inputs: [
        binding('x', elementOf(x, width), '[positions, C]'),
        binding('affine', type, '[2, C]: scale, then shift'),
        binding('moments', type, '[2, C]: mean, then variance'),
        ...(residual ? [binding('residual', elementOf(residual, width), '[positions, C]')] : []),
      ],
      sizes,
    },
    wgsl: () => `${halvesFor(x, residual, y)}${relu ? notBelowZeroFor(width) : ''}
${FLAT_MAIN}
${positionLoop(
  'y',
  `let mean = moments[c];
  let shift = affine[sizes.groups + c];
  let factor = affine[c] * inverseSqrt(moments[sizes.groups + c] + ${BATCH_NORM_EPSILON});`,
  body,
)}
}`,
    workgroups: flatGrid(positionInvocations(shape)),
  };
}

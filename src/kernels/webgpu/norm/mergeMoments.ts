import { type ChannelShape, groupSizes } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, storageLabel } from '../wgsl/storage.ts';
import { teamMemory, teamOf, teamSum } from '../wgsl/team.ts';
import { notBelowZero, notBelowZeroFor, typeOf } from '../wgsl/wgsl.ts';

/** The chunks' moments merged (Chan, Golub and LeVeque 1979, for many chunks at once): `[2, C]`, mean and biased variance. */
export function mergeMoments(shape: ChannelShape, x: Storage, cooperative: boolean): Kernel {
  const { groups, width } = shape;
  const type = typeOf(width);
  const team = teamOf(1, cooperative);
  const sizes = groupSizes(shape, cooperative);
  return {
    label: `batch norm merge moments, ${sizes.label}, team of ${team}${storageLabel('x', x)}`,
    bindings: {
      outputs: [binding('moments', type, '[2, C]: mean, then biased variance')],
      inputs: [
        binding('chunks', type, '[chunks, 2, C]: see chunkMoments'),
        binding('x', elementOf(x, width), '[positions, C], only for its length'),
      ],
      sizes,
    },
    wgsl: () => `${notBelowZeroFor(width)}
${teamMemory(team, type, ['sum', 'squares'])}
${FLAT_MAIN}
  ${team === 1 ? `if (index >= sizes.groups) { return; }` : ''}
  let c = index / ${team};
  let member = index % ${team};
  let count = i32(arrayLength(&chunks)) / (2 * sizes.groups);
  let positions = i32(arrayLength(&x)) / sizes.groups;
  let size = (positions + count - 1) / count;
  // Differences from the first chunk's mean, for the reason that chunkMoments has.
  let origin = chunks[c];
  var sum = ${type}();
  for (var chunk = member; chunk < count; chunk += ${team}) {
    let share = f32(min(size, positions - chunk * size));
    sum = sum + share * (chunks[chunk * (2 * sizes.groups) + c] - origin);
  }
  ${teamSum(team, ['sum'])}
  let mean = origin + sum / f32(positions);
  var squares = ${type}();
  for (var chunk = member; chunk < count; chunk += ${team}) {
    let share = f32(min(size, positions - chunk * size));
    let difference = chunks[chunk * (2 * sizes.groups) + c] - mean;
    squares = squares + chunks[chunk * (2 * sizes.groups) + sizes.groups + c] + share * difference * difference;
  }
  ${teamSum(team, ['squares'])}
  if (member != 0) { return; }
  moments[c] = mean;
  // Rounding may leave a chunk a little below 0.
  moments[sizes.groups + c] = ${notBelowZero('squares / f32(positions)')};
}`,
    workgroups: flatGrid(groups * team),
  };
}

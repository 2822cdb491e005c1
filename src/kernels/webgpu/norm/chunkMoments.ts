import { type ChannelShape, chunksOf, groupSizes } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, load, storageLabel } from '../wgsl/storage.ts';
import { teamMemory, teamOf, teamSum } from '../wgsl/team.ts';
import { typeOf } from '../wgsl/wgsl.ts';

const SUMS = ['sum', 'squares'];

/**
 * Mean and sum of squared deviations of each chunk of positions, `[chunks, 2, C]`. Sums are taken of differences from
 * the chunk's first number: E[x^2] - E[x]^2 in float32 would lose the variance of a map whose mean is large. `x`: how
 * x is stored.
 */
export function chunkMoments(shape: ChannelShape, x: Storage, cooperative: boolean): Kernel {
  const { positions, groups, width } = shape;
  const team = teamOf(groups, cooperative);
  const type = typeOf(width);
  const sizes = groupSizes(shape, cooperative);
  return {
    label: `batch norm chunk moments, ${sizes.label}, team of ${team}${storageLabel('x', x)}`,
    bindings: {
      outputs: [
        binding('chunks', type, "[chunks, 2, C]: each chunk's mean, then its sum of squared deviations"),
      ],
      inputs: [binding('x', elementOf(x, width), '[positions, C]')],
      sizes,
    },
    wgsl: () => `${halvesFor(x)}
${teamMemory(team, type, SUMS)}
${FLAT_MAIN}
  let count = i32(arrayLength(&chunks)) / (2 * sizes.groups);
  ${team === 1 ? `if (index >= count * sizes.groups) { return; }` : ''}
  let c = index % sizes.groups;
  let member = index / sizes.groups % ${team};
  let chunk = index / (sizes.groups * ${team});
  let positions = i32(arrayLength(&x)) / sizes.groups;
  let size = (positions + count - 1) / count;
  let start = chunk * size;
  let end = min(start + size, positions);
  let origin = ${load(x, width, 'x', `start * sizes.groups + c`)};
  var sum = ${type}();
  var squares = ${type}();
  for (var position = start + member; position < end; position += ${team}) {
    let difference = ${load(x, width, 'x', `position * sizes.groups + c`)} - origin;
    sum = sum + difference;
    squares = squares + difference * difference;
  }
  ${teamSum(team, SUMS)}
  if (member != 0) { return; }
  let mean = sum / f32(end - start);
  chunks[chunk * (2 * sizes.groups) + c] = origin + mean;
  chunks[chunk * (2 * sizes.groups) + sizes.groups + c] = squares - sum * mean;
}`,
    workgroups: flatGrid(chunksOf(positions) * groups * team),
  };
}

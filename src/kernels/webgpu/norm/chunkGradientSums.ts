import { type ChannelShape, chunksOf, groupSizes } from './channelShape.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, load, storageLabel } from '../wgsl/storage.ts';
import { teamMemory, teamOf, teamSum } from '../wgsl/team.ts';
import { type Width, typeOf } from '../wgsl/wgsl.ts';

const SUMS = ['products', 'sum'];

/** How the maps are stored that a batch norm's gradient reads; `y` is null without ReLU. */
export interface GradientMaps {
  readonly x: Storage;
  readonly y: Storage | null;
}

/** For each chunk of positions, the sums of g * (x - mean) and of g, where g is dy, with ReLU only where y > 0. */
export function chunkGradientSums(shape: ChannelShape, { x, y }: GradientMaps, cooperative: boolean): Kernel {
  const { positions, groups, width } = shape;
  const team = teamOf(groups, cooperative);
  const type = typeOf(width);
  const sizes = groupSizes(shape, cooperative);
  return {
    label: `batch norm gradient chunk sums, ${sizes.label}${y ? ', relu' : ''}, team of ${team}${mapLabels({ x, y })}`,
    bindings: {
      outputs: [binding('chunks', type, "[chunks, 2, C]: each chunk's sum of g * (x - mean), then of g")],
      inputs: [
        binding('dy', type, '[positions, C]'),
        binding('x', elementOf(x, width), '[positions, C]'),
        binding('moments', type, '[2, C]: mean, then variance'),
        ...(y ? [binding('y', elementOf(y, width), '[positions, C]')] : []),
      ],
      sizes,
    },
    wgsl: () => `${halvesFor(x, y)}
${teamMemory(team, type, SUMS)}
${FLAT_MAIN}
  let count = i32(arrayLength(&chunks)) / (2 * sizes.groups);
  ${team === 1 ? `if (index >= count * sizes.groups) { return; }` : ''}
  let c = index % sizes.groups;
  let member = index / sizes.groups % ${team};
  let chunk = index / (sizes.groups * ${team});
  let positions = i32(arrayLength(&x)) / sizes.groups;
  let size = (positions + count - 1) / count;
  let mean = moments[c];
  var products = ${type}();
  var sum = ${type}();
  let end = min((chunk + 1) * size, positions);
  for (var position = chunk * size + member; position < end; position += ${team}) {
    let at = position * sizes.groups + c;
    let g = ${gradientAt(width, y)};
    products = products + g * (${load(x, width, 'x', 'at')} - mean);
    sum = sum + g;
  }
  ${teamSum(team, SUMS)}
  if (member != 0) { return; }
  chunks[chunk * (2 * sizes.groups) + c] = products;
  chunks[chunk * (2 * sizes.groups) + sizes.groups + c] = sum;
}`,
    workgroups: flatGrid(chunksOf(positions) * groups * team),
  };
}

/** WGSL for the gradient before ReLU at `at`. */
export function gradientAt(width: Width, y: Storage | null): string {
  const type = typeOf(width);
  return y ? `select(${type}(), dy[at], ${load(y, width, 'y', 'at')} > ${type}())` : 'dy[at]';
}

/** What a label says of maps that are not in f32. */
export function mapLabels({ x, y }: GradientMaps): string {
  return storageLabel('x', x) + storageLabel('y', y);
}

import { type ChannelShape, chunksOf } from '../channelShape.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { teamMemory, teamOf, teamSum } from '../team.ts';
import { typeOf } from '../wgsl.ts';

const SUMS = ['products', 'sum'];

/** For each chunk of positions, the sums of g * (x - mean) and of g, where g is dy, with ReLU only where y > 0. */
export function chunkGradientSums(shape: ChannelShape, relu: boolean, cooperative: boolean): Kernel {
  const { positions, groups, width } = shape;
  const team = teamOf(groups, cooperative);
  const type = typeOf(width);
  return {
    label: `batch norm gradient chunk sums, ${groups} x ${width} channels${relu ? ', relu' : ''}, team of ${team}`,
    wgsl: () => `
// [chunks, 2, C]: each chunk's sum of g * (x - mean), then of g
@group(0) @binding(0) var<storage, read_write> chunks: array<${type}>;
// [positions, C]
@group(0) @binding(1) var<storage, read> dy: array<${type}>;
// [positions, C]
@group(0) @binding(2) var<storage, read> x: array<${type}>;
// [2, C]: mean, then variance
@group(0) @binding(3) var<storage, read> moments: array<${type}>;
${relu ? `// [positions, C]\n@group(0) @binding(4) var<storage, read> y: array<${type}>;` : ''}
${teamMemory(team, type, SUMS)}
${FLAT_MAIN}
  let count = i32(arrayLength(&chunks)) / ${2 * groups};
  ${team === 1 ? `if (index >= count * ${groups}) { return; }` : ''}
  let c = index % ${groups};
  let member = index / ${groups} % ${team};
  let chunk = index / ${groups * team};
  let positions = i32(arrayLength(&x)) / ${groups};
  let size = (positions + count - 1) / count;
  let mean = moments[c];
  var products = ${type}();
  var sum = ${type}();
  let end = min((chunk + 1) * size, positions);
  for (var position = chunk * size + member; position < end; position += ${team}) {
    let at = position * ${groups} + c;
    let g = ${gradientAt(type, relu)};
    products = products + g * (x[at] - mean);
    sum = sum + g;
  }
  ${teamSum(team, SUMS)}
  if (member != 0) { return; }
  chunks[chunk * ${2 * groups} + c] = products;
  chunks[chunk * ${2 * groups} + ${groups} + c] = sum;
}`,
    workgroups: flatGrid(chunksOf(positions) * groups * team),
  };
}

/** WGSL for the gradient before ReLU at `at`. */
export function gradientAt(type: string, relu: boolean): string {
  return relu ? `select(${type}(), dy[at], y[at] > ${type}())` : 'dy[at]';
}

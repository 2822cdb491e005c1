import { type ChannelShape, chunksOf } from '../channelShape.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../kernel.ts';
import { typeOf } from '../wgsl.ts';

/**
 * Mean and sum of squared deviations of each chunk of positions, `[chunks, 2, C]`. Sums are taken of differences from
 * the chunk's first number: E[x^2] - E[x]^2 in float32 would lose the variance of a map whose mean is large.
 */
export function chunkMoments(shape: ChannelShape): Kernel {
  const { positions, groups, width } = shape;
  const type = typeOf(width);
  return {
    label: `batch norm chunk moments, ${groups} x ${width} channels`,
    wgsl: () => `
// [chunks, 2, C]: each chunk's mean, then its sum of squared deviations
@group(0) @binding(0) var<storage, read_write> chunks: array<${type}>;
// [positions, C]
@group(0) @binding(1) var<storage, read> x: array<${type}>;
${FLAT_MAIN}
  let count = i32(arrayLength(&chunks)) / ${2 * groups};
  if (index >= count * ${groups}) { return; }
  let c = index % ${groups};
  let chunk = index / ${groups};
  let positions = i32(arrayLength(&x)) / ${groups};
  let size = (positions + count - 1) / count;
  let start = chunk * size;
  let end = min(start + size, positions);
  let origin = x[start * ${groups} + c];
  var sum = ${type}();
  var squares = ${type}();
  for (var position = start; position < end; position++) {
    let difference = x[position * ${groups} + c] - origin;
    sum = sum + difference;
    squares = squares + difference * difference;
  }
  let mean = sum / f32(end - start);
  chunks[chunk * ${2 * groups} + c] = origin + mean;
  chunks[chunk * ${2 * groups} + ${groups} + c] = squares - sum * mean;
}`,
    workgroups: flatGrid(chunksOf(positions) * groups),
  };
}

/**
 * Means and sums of squared deviations by channel, in double precision, merged by the formula of Chan, Golub and LeVeque
 * (1979). A part's are two rows of doubles, its partials: means, then sums of squares.
 */
import { shareStart } from './range';
import { DOUBLE, FLOAT } from './vector';

/** Bytes of all parts' partials, which kernels have at the beginning of their scratch. */
export function partialsBytes(channels: i32, parts: i32): usize {
  return <usize>(2 * parts * channels) * DOUBLE;
}

export function meansOf(partials: usize, part: i32, channels: i32): usize {
  return partials + <usize>(2 * part * channels) * DOUBLE;
}

export function squaresOf(partials: usize, part: i32, channels: i32): usize {
  return meansOf(partials, part, channels) + <usize>channels * DOUBLE;
}

/**
 * Merges a chunk of `count` rows, whose deviations from `shift` have the given sums and sums of squares, into the moments of
 * `before` rows, and leaves the new means in `shift` for the next chunk.
 */
export function mergeChunk(
  means: usize,
  squares: usize,
  before: i32,
  shift: usize,
  sums: usize,
  sumsOfSquares: usize,
  count: i32,
  channels: i32,
): void {
  for (let c = 0; c < channels; c++) {
    const single = <usize>c * FLOAT;
    const double = <usize>c * DOUBLE;
    const sum = <f64>load<f32>(sums + single);
    const chunkMean = load<f32>(shift + single) + sum / count;
    const chunkSquares = load<f32>(sumsOfSquares + single) - (sum * sum) / count;
    merge(means + double, squares + double, before, chunkMean, max<f64>(chunkSquares, 0), count);
    store<f32>(shift + single, <f32>load<f64>(means + double));
  }
}

/** Merges the moments of all parts, whose shares are those of `rows`, into the first part's. */
export function mergeParts(partials: usize, rows: i32, channels: i32, parts: i32): void {
  for (let part = 1; part < parts; part++) {
    const before = shareStart(rows, part, parts);
    const count = shareStart(rows, part + 1, parts) - before;
    if (count == 0) continue;
    for (let c: usize = 0; c < <usize>channels * DOUBLE; c += DOUBLE) {
      const mean = load<f64>(meansOf(partials, part, channels) + c);
      const square = load<f64>(squaresOf(partials, part, channels) + c);
      merge(
        meansOf(partials, 0, channels) + c,
        squaresOf(partials, 0, channels) + c,
        before,
        mean,
        square,
        count,
      );
    }
  }
}

function merge(
  mean: usize,
  squares: usize,
  before: f64,
  otherMean: f64,
  otherSquares: f64,
  count: f64,
): void {
  const difference = otherMean - load<f64>(mean);
  const share = count / (before + count);
  store<f64>(mean, load<f64>(mean) + difference * share);
  store<f64>(squares, load<f64>(squares) + otherSquares + difference * difference * before * share);
}

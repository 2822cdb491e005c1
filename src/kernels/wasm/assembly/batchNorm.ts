/**
 * Batch norm forward, fused with the residual addition and ReLU (Ioffe and Szegedy 2015). Maps are `[rows, channels]` with a
 * row a pixel. `constants` are three rows of `channels`: what a pixel's value is centred by, multiplied by, and moved by.
 * Channels are done four at a time, those that are left over one by one. NaN stays NaN everywhere here.
 */
import { mergeChunk, mergeParts, meansOf, partialsBytes, squaresOf } from './moments';
import { chunkRows, scratchBytes, shareStart } from './range';
import { DOUBLE, FLOAT, VECTOR, rectify, rectifyOne, vectorsOf } from './vector';

/** Rows of the first chunk, whose deviations are taken from a mere pixel. */
const FIRST_CHUNK = 16;

/** Bytes of scratch of `batchMoments`: all parts' partials, then three rows of floats a part. */
export function batchMomentsScratch(channels: i32, parts: i32): f64 {
  return scratchBytes(partialsBytes(channels, parts), 3 * <usize>channels * FLOAT, parts);
}

/**
 * Each part's mean and sum of squared deviations of its rows, by channel, into its `[2, channels]` doubles of partials.
 * Rows are taken in chunks. In a chunk deviations are taken from the mean so far, which loses no digits to a large mean.
 */
export function batchMoments(
  x: usize,
  scratch: usize,
  rows: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const start = shareStart(rows, part, parts);
  const end = shareStart(rows, part + 1, parts);
  const rowBytes = <usize>channels * FLOAT;
  const shift = scratch + partialsBytes(channels, parts) + <usize>part * 3 * rowBytes;
  const sums = shift + rowBytes;
  const squares = sums + rowBytes;
  const means = meansOf(scratch, part, channels);
  const deviations = squaresOf(scratch, part, channels);
  memory.fill(means, 0, 4 * rowBytes);
  memory.copy(shift, x + <usize>start * rowBytes, rowBytes);
  for (let row = start; row < end;) {
    const chunk = min(row == start ? FIRST_CHUNK : chunkRows(channels), end - row);
    sumDeviations(x + <usize>row * rowBytes, chunk, rowBytes, shift, sums, squares);
    mergeChunk(means, deviations, row - start, shift, sums, squares, chunk, channels);
    row += chunk;
  }
}

/** sums = sum over rows of x - shift, squares = sum of (x - shift)^2. */
function sumDeviations(
  x: usize,
  rows: i32,
  rowBytes: usize,
  shift: usize,
  sums: usize,
  squares: usize,
): void {
  let c: usize = 0;
  for (const end = vectorsOf(rowBytes); c < end; c += VECTOR) {
    const from = v128.load(shift + c);
    // Two chains of additions: one alone would wait for itself.
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let square0 = sum0;
    let square1 = sum0;
    let at = x + c;
    let row = 0;
    for (; row + 2 <= rows; row += 2) {
      const d0 = f32x4.sub(v128.load(at), from);
      const d1 = f32x4.sub(v128.load(at + rowBytes), from);
      sum0 = f32x4.add(sum0, d0);
      sum1 = f32x4.add(sum1, d1);
      square0 = f32x4.add(square0, f32x4.mul(d0, d0));
      square1 = f32x4.add(square1, f32x4.mul(d1, d1));
      at += 2 * rowBytes;
    }
    if (row < rows) {
      const d = f32x4.sub(v128.load(at), from);
      sum0 = f32x4.add(sum0, d);
      square0 = f32x4.add(square0, f32x4.mul(d, d));
    }
    v128.store(sums + c, f32x4.add(sum0, sum1));
    v128.store(squares + c, f32x4.add(square0, square1));
  }
  for (; c < rowBytes; c += FLOAT) {
    const from = load<f32>(shift + c);
    let sum: f64 = 0;
    let square: f64 = 0;
    let at = x + c;
    for (let row = 0; row < rows; row++) {
      const d = <f64>(load<f32>(at) - from);
      sum += d;
      square += d * d;
      at += rowBytes;
    }
    store<f32>(sums + c, <f32>sum);
    store<f32>(squares + c, <f32>square);
  }
}

/** The parts' moments, merged in their order -> moments `[2, channels]`: mean and biased variance. */
export function finishMoments(scratch: usize, moments: usize, rows: i32, channels: i32, parts: i32): void {
  mergeParts(scratch, rows, channels, parts);
  const means = meansOf(scratch, 0, channels);
  const squares = squaresOf(scratch, 0, channels);
  for (let c = 0; c < channels; c++) {
    const at = moments + <usize>c * FLOAT;
    store<f32>(at, <f32>load<f64>(means + <usize>c * DOUBLE));
    store<f32>(at + <usize>channels * FLOAT, <f32>(load<f64>(squares + <usize>c * DOUBLE) / rows));
  }
}

/** Bytes of the constants of `normalise`. */
export function normaliseScratch(channels: i32): f64 {
  return scratchBytes(3 * <usize>channels * FLOAT, 0, 0);
}

/** affine and moments `[2, channels]` -> the constants of `normalise`. */
export function normaliseConstants(
  affine: usize,
  moments: usize,
  constants: usize,
  channels: i32,
  epsilon: f64,
): void {
  const row = <usize>channels * FLOAT;
  for (let c: usize = 0; c < row; c += FLOAT) {
    const variance = <f64>load<f32>(moments + row + c);
    store<f32>(constants + c, load<f32>(moments + c));
    store<f32>(constants + row + c, <f32>(load<f32>(affine + c) / Math.sqrt(variance + epsilon)));
    store<f32>(constants + 2 * row + c, load<f32>(affine + row + c));
  }
}

/** y = (x - centre) * factor + shift, plus `residual` unless that is 0, through ReLU if `relu`. */
export function normalise(
  x: usize,
  residual: usize,
  y: usize,
  constants: usize,
  rows: i32,
  channels: i32,
  relu: bool,
  part: i32,
  parts: i32,
): void {
  const rowBytes = <usize>channels * FLOAT;
  const end = shareStart(rows, part + 1, parts);
  for (let row = shareStart(rows, part, parts); row < end;) {
    const chunk = min(chunkRows(channels), end - row);
    const first = <usize>row * rowBytes;
    const last = first + <usize>chunk * rowBytes;
    let c: usize = 0;
    for (const end = vectorsOf(rowBytes); c < end; c += VECTOR) {
      const centre = v128.load(constants + c);
      const factor = v128.load(constants + rowBytes + c);
      const shift = v128.load(constants + 2 * rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        let value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + at), centre), factor), shift);
        if (residual) value = f32x4.add(value, v128.load(residual + at));
        v128.store(y + at, relu ? rectify(value) : value);
      }
    }
    for (; c < rowBytes; c += FLOAT) {
      const centre = load<f32>(constants + c);
      const factor = load<f32>(constants + rowBytes + c);
      const shift = load<f32>(constants + 2 * rowBytes + c);
      for (let at = first + c; at < last; at += rowBytes) {
        let value = (load<f32>(x + at) - centre) * factor + shift;
        if (residual) value += load<f32>(residual + at);
        store<f32>(y + at, relu ? rectifyOne(value) : value);
      }
    }
    row += chunk;
  }
}

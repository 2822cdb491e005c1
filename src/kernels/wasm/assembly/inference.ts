/**
 * 3x3 convolutions of stride 1 for evaluation, with the batch norm, the residual addition and the ReLU that follow, by Winograd's minimal
 * filtering F(4x4, 3x3) (Lavin and Gray 2015, section 4.2): a tile of 4 x 4 outputs from 6 x 6 inputs with 36 multiplications for each
 * pair of channels instead of 144. It loses about a digit against the direct convolution, so nothing trains by it. Maps are of a height
 * and width that are multiples of 4; inputs are a multiple of 4, outputs of 8. In one dimension, outputs = A'[(G filter) * (B' inputs)]:
 *
 *   B' = 4  0 -5  0  1  0      G = 1/4    0    0       A' = 1  1  1  1  1  0
 *        0 -4 -4  1  1  0         -1/6 -1/6 -1/6            0  1 -1  2 -2  0
 *        0  4 -4 -1  1  0         -1/6  1/6 -1/6            0  1  1  4  4  0
 *        0 -2 -1  2  1  0         1/24 1/12  1/6            0  1 -1  8 -8  1
 *        0  2 -1 -2  1  0         1/24 -1/12 1/6
 *        0  4  0 -5  0  1            0    0    1
 *
 * The numbers of a position among the 6 x 6 lie together, `[tile, channel]`, the positions `pitch` bytes apart.
 */
import { correlate } from './correlate';
import { panelsBytes } from './panels';
import { scratchBytes, shareStart } from './range';
import { Shape } from './shape';
import { FLOAT, LINE, VECTOR, multiplyAdd, rectify, upToLine } from './vector';

const SIDE: usize = 6;
const POSITIONS: usize = 36;
/** Numbers of a position that are transformed at a time. */
const NUMBERS_AT_ONCE = 512;
/** `correlate` reads up to three tiles beyond the last. */
const OVERHANG = 3;
/** Room for the numbers of a tile and four channels half way. */
const HALF_WAY: usize = 4 * SIDE * VECTOR;

/** How many rows of tiles are done at a time. */
function tileRowsOf(width: i32, inputs: i32, outputs: i32): i32 {
  const row = (width >> 2) * max(inputs, outputs);
  return max((2 * NUMBERS_AT_ONCE + row) / (2 * row), 1);
}

/** Bytes between positions: not a power of two, or all would fall on the same few places of the first cache. */
function pitchOf(tiles: i32, channels: i32): usize {
  return upToLine(<usize>((tiles + OVERHANG) * channels) * FLOAT) + LINE;
}

function lineBytes(width: i32, channels: i32): usize {
  return <usize>((width + 2) * channels) * FLOAT;
}

/** Bytes that a part needs: lines of pixels, transformed inputs and outputs. */
function chunkBytes(shape: Shape): usize {
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const tiles = tileRowsOf(shape.width, inputs, outputs) * (shape.width >> 2);
  const lines = (SIDE + 1) * lineBytes(shape.width, inputs);
  return upToLine(HALF_WAY + lines + POSITIONS * (pitchOf(tiles, inputs) + pitchOf(tiles, outputs)));
}

/** Bytes of what all parts read: a number to add for each output channel, then the panels. */
function sharedBytes(shape: Shape): usize {
  return upToLine(<usize>shape.outputs * FLOAT) + POSITIONS * panelsBytes(1, shape.inputs, shape.outputs);
}

/** Bytes of scratch of packInference and convolveInference. */
export function inferenceScratch(shape: Shape, parts: i32): f64 {
  return scratchBytes(upToLine(sharedBytes(shape)), chunkBytes(shape), parts);
}

/** filter `[3, 3, in, out]`, affine and moments `[2, out]` -> what convolveInference multiplies by and adds, in `scratch`. */
export function packInference(
  filter: usize,
  affine: usize,
  moments: usize,
  scratch: usize,
  shape: Shape,
  epsilon: f64,
): void {
  const inputs = shape.inputs;
  const row = <usize>shape.outputs * FLOAT;
  const tap = <usize>inputs * row;
  const panels = scratch + upToLine(row);
  const position = panelsBytes(1, inputs, shape.outputs);
  // The first chunk is not used yet.
  const half = scratch + upToLine(sharedBytes(shape));
  for (let o: usize = 0; o < row; o += VECTOR) {
    const deviation = f32x4.sqrt(f32x4.add(v128.load(moments + row + o), f32x4.splat(<f32>epsilon)));
    const factor = f32x4.div(v128.load(affine + o), deviation);
    v128.store(
      scratch + o,
      f32x4.sub(v128.load(affine + row + o), f32x4.mul(v128.load(moments + o), factor)),
    );
    // A panel has 8 output channels: two vectors.
    let to = panels + (o / (2 * VECTOR)) * <usize>inputs * 2 * VECTOR + (o & VECTOR);
    for (let c = 0; c < inputs; c++) {
      const from = filter + <usize>c * row + o;
      for (let column: usize = 0; column < 3; column++) {
        const at = from + column * tap;
        const w0 = f32x4.mul(v128.load(at), factor);
        const w1 = f32x4.mul(v128.load(at + 3 * tap), factor);
        const w2 = f32x4.mul(v128.load(at + 6 * tap), factor);
        storeFilter(half + column * VECTOR, 3 * VECTOR, w0, w1, w2);
      }
      for (let i: usize = 0; i < SIDE; i++) {
        const at = half + 3 * i * VECTOR;
        storeFilter(to + SIDE * i * position, position, v128.load(at), v128.load(at, VECTOR), v128.load(at, 2 * VECTOR)); // prettier-ignore
      }
      to += 2 * VECTOR;
    }
  }
}

/** G times three numbers. */
function storeFilter(to: usize, step: usize, w0: v128, w1: v128, w2: v128): void {
  const sixth = f32x4.splat(<f32>(1.0 / 6));
  const even = f32x4.mul(f32x4.add(w0, w2), f32x4.neg(sixth));
  const odd = f32x4.mul(w1, sixth);
  v128.store(to, f32x4.mul(w0, f32x4.splat(0.25)));
  v128.store(to + step, f32x4.sub(even, odd));
  v128.store(to + 2 * step, f32x4.add(even, odd));
  const outer = f32x4.add(f32x4.mul(w0, f32x4.splat(<f32>(1.0 / 24))), f32x4.mul(w2, sixth));
  const inner = f32x4.mul(w1, f32x4.splat(<f32>(1.0 / 12)));
  v128.store(to + 3 * step, f32x4.add(outer, inner));
  v128.store(to + 4 * step, f32x4.sub(outer, inner));
  v128.store(to + 5 * step, w2);
}

/**
 * x `[batch, height, width, inputs]` -> y `[batch, height, width, outputs]` with what packInference left in `scratch`, plus `residual`
 * unless that is 0, through ReLU if `relu`.
 */
export function convolveInference(
  x: usize,
  scratch: usize,
  residual: usize,
  y: usize,
  shape: Shape,
  relu: bool,
  part: i32,
  parts: i32,
): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const tileRows = tileRowsOf(width, inputs, outputs);
  const columns = width >> 2;
  const inputPitch = pitchOf(tileRows * columns, inputs);
  const outputPitch = pitchOf(tileRows * columns, outputs);
  const panels = scratch + upToLine(<usize>outputs * FLOAT);
  const half = scratch + upToLine(sharedBytes(shape)) + <usize>part * chunkBytes(shape);
  const lines = half + HALF_WAY;
  const given = lines + (SIDE + 1) * lineBytes(width, inputs);
  const made = given + POSITIONS * inputPitch;
  const pixel = <usize>inputs * FLOAT;
  const outPixel = <usize>outputs * FLOAT;
  const imageRows = height >> 2;
  // The lines' ends are the border of zeros.
  memory.fill(lines, 0, given - lines);
  const end = shareStart(batch, part + 1, parts) * imageRows;
  for (let first = shareStart(batch, part, parts) * imageRows; first < end; first += tileRows) {
    const rows = min(tileRows, end - first);
    for (let row = 0; row < rows; row++) {
      const inImage = (first + row) % imageRows;
      const from = x + <usize>(4 * (first + row) * width) * pixel;
      const to = given + <usize>(row * columns) * pixel;
      transformInputs(from, inImage > 0, inImage + 1 < imageRows, width, pixel, lines, to, inputPitch);
    }
    let panel = panels;
    for (let position: usize = 0; position < POSITIONS; position++) {
      const from = given + position * inputPitch;
      const to = made + position * outputPitch;
      correlate(from, 0, 0, pixel, 1, pixel, panel, to, 0, outPixel, 1, rows * columns, outputs, half);
      panel += panelsBytes(1, inputs, outputs);
    }
    for (let row = 0; row < rows; row++) {
      const at = <usize>(4 * (first + row) * width) * outPixel;
      const from = made + <usize>(row * columns) * outPixel;
      transformOutputs(from, outputPitch, y + at, residual ? residual + at : 0, scratch, width, outPixel, relu, half); // prettier-ignore
    }
  }
}

/** B' times six numbers, `bytes` bytes of them one after another: the first, four that are `step` apart, and the last. */
function transformSix(
  first: usize,
  middle: usize,
  last: usize,
  step: usize,
  bytes: usize,
  to: usize,
  toStep: usize,
): void {
  const four = f32x4.splat(4);
  const lessFour = f32x4.splat(-4);
  const lessFive = f32x4.splat(-5);
  for (let c: usize = 0; c < bytes; c += VECTOR) {
    const at = middle + c;
    const d1 = v128.load(at);
    const d2 = v128.load(at + step);
    const d3 = v128.load(at + 2 * step);
    const d4 = v128.load(at + 3 * step);
    const out = to + c;
    v128.store(out, multiplyAdd(v128.load(first + c), four, multiplyAdd(d2, lessFive, d4)));
    const even = multiplyAdd(d2, lessFour, d4);
    const odd = multiplyAdd(d1, lessFour, d3);
    v128.store(out + toStep, f32x4.add(even, odd));
    v128.store(out + 2 * toStep, f32x4.sub(even, odd));
    const inner = f32x4.sub(d4, d2);
    const slope = f32x4.sub(d3, d1);
    v128.store(out + 3 * toStep, multiplyAdd(slope, f32x4.splat(2), inner));
    v128.store(out + 4 * toStep, multiplyAdd(slope, f32x4.splat(-2), inner));
    v128.store(out + 5 * toStep, multiplyAdd(d1, four, multiplyAdd(d3, lessFive, v128.load(last + c))));
  }
}

/**
 * B' x B of a row of tiles. x points at the image's row 4 * tileRow, which has `above` and `below` rows round it or not; `lines` are a row
 * of zeros and six rows, all of width + 2 pixels, whose ends are zero.
 */
function transformInputs(
  x: usize,
  above: bool,
  below: bool,
  width: i32,
  pixel: usize,
  lines: usize,
  tiles: usize,
  pitch: usize,
): void {
  const row = <usize>width * pixel;
  const line = row + 2 * pixel;
  let at = lines + line;
  transformSix(above ? x - row : lines, x, below ? x + 4 * row : lines, row, row, at + pixel, line);
  for (let i: usize = 0; i < SIDE; i++) {
    let tile = tiles;
    for (const end = at + row; at < end; at += 4 * pixel) {
      transformSix(at, at + pixel, at + 5 * pixel, pixel, pixel, tile, pitch);
      tile += pixel;
    }
    at += 2 * pixel;
    tiles += SIDE * pitch;
  }
}

/** A' m A of a row of tiles, shifted, into y's rows 4 * tileRow and the next three. */
function transformOutputs(
  tiles: usize,
  pitch: usize,
  y: usize,
  residual: usize,
  shifts: usize,
  width: i32,
  pixel: usize,
  relu: bool,
  half: usize,
): void {
  const row = <usize>width * pixel;
  for (let column = 0; column < width; column += 4) {
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      let at = tiles;
      for (let j: usize = 0; j < SIDE * VECTOR; j += VECTOR) {
        const m0 = v128.load(at);
        const m1 = v128.load(at + SIDE * pitch);
        const m2 = v128.load(at + 2 * SIDE * pitch);
        const m3 = v128.load(at + 3 * SIDE * pitch);
        const m4 = v128.load(at + 4 * SIDE * pitch);
        const m5 = v128.load(at + 5 * SIDE * pitch);
        const sum = f32x4.add(m1, m2);
        const difference = f32x4.sub(m1, m2);
        const farSum = f32x4.add(m3, m4);
        const farDifference = f32x4.sub(m3, m4);
        const to = half + j;
        v128.store(to, f32x4.add(f32x4.add(m0, sum), farSum));
        v128.store(to, multiplyAdd(farDifference, f32x4.splat(2), difference), SIDE * VECTOR);
        v128.store(to, multiplyAdd(farSum, f32x4.splat(4), sum), 2 * SIDE * VECTOR);
        v128.store(
          to,
          f32x4.add(multiplyAdd(farDifference, f32x4.splat(8), difference), m5),
          3 * SIDE * VECTOR,
        );
        at += pitch;
      }
      const shift = v128.load(shifts + c);
      let out = c;
      for (let from = half, end = half + HALF_WAY; from < end; from += SIDE * VECTOR) {
        const m1 = v128.load(from, VECTOR);
        const m2 = v128.load(from, 2 * VECTOR);
        const m3 = v128.load(from, 3 * VECTOR);
        const m4 = v128.load(from, 4 * VECTOR);
        const sum = f32x4.add(m1, m2);
        const difference = f32x4.add(f32x4.sub(m1, m2), shift);
        const farSum = f32x4.add(m3, m4);
        const farDifference = f32x4.sub(m3, m4);
        let y0 = f32x4.add(f32x4.add(f32x4.add(v128.load(from), shift), sum), farSum);
        let y1 = multiplyAdd(farDifference, f32x4.splat(2), difference);
        let y2 = f32x4.add(multiplyAdd(farSum, f32x4.splat(4), sum), shift);
        let y3 = f32x4.add(
          multiplyAdd(farDifference, f32x4.splat(8), difference),
          v128.load(from, 5 * VECTOR),
        );
        if (residual) {
          const other = residual + out;
          y0 = f32x4.add(y0, v128.load(other));
          y1 = f32x4.add(y1, v128.load(other + pixel));
          y2 = f32x4.add(y2, v128.load(other + 2 * pixel));
          y3 = f32x4.add(y3, v128.load(other + 3 * pixel));
        }
        const to = y + out;
        v128.store(to, relu ? rectify(y0) : y0);
        v128.store(to + pixel, relu ? rectify(y1) : y1);
        v128.store(to + 2 * pixel, relu ? rectify(y2) : y2);
        v128.store(to + 3 * pixel, relu ? rectify(y3) : y3);
        out += row;
      }
      tiles += VECTOR;
    }
    y += 4 * pixel;
    if (residual) residual += 4 * pixel;
  }
}

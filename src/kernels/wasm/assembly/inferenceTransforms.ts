/**
 * Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2015, section 4.2): a tile of 4 x 4 outputs from 6 x 6 inputs with 36
 * multiplications for each pair of channels instead of 144. In one dimension, outputs = A'[(G filter) * (B' inputs)]:
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
import { VECTOR, multiplyAdd } from './vector';

/** Of a tile of inputs. */
export const SIDE: usize = 6;
/** Room for the numbers of a tile and four channels half way. */
export const HALF_WAY: usize = 4 * SIDE * VECTOR;

/** G w G' of one input and four output channels, times `factor`; w's taps lie `tap` bytes apart, and `half` is room for half of it. */
export function transformFilter(
  at: usize,
  tap: usize,
  factor: v128,
  half: usize,
  to: usize,
  pitch: usize,
): void {
  for (let column: usize = 0; column < 3; column++) {
    const w0 = f32x4.mul(v128.load(at), factor);
    const w1 = f32x4.mul(v128.load(at + 3 * tap), factor);
    const w2 = f32x4.mul(v128.load(at + 6 * tap), factor);
    storeThree(half + column * VECTOR, 3 * VECTOR, w0, w1, w2);
    at += tap;
  }
  for (let i: usize = 0; i < SIDE; i++) {
    storeThree(to, pitch, v128.load(half), v128.load(half, VECTOR), v128.load(half, 2 * VECTOR));
    half += 3 * VECTOR;
    to += SIDE * pitch;
  }
}

/** G times three numbers. */
function storeThree(to: usize, step: usize, w0: v128, w1: v128, w2: v128): void {
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
 * B' times six numbers, for `count` tiles: the first, four that are `step` apart, and the last; `bytes` bytes of each one after another.
 * The next tile's are four steps further, and what is made of them follows what was made before.
 */
function transformSix(
  first: usize,
  middle: usize,
  last: usize,
  step: usize,
  bytes: usize,
  to: usize,
  toStep: usize,
  count: i32,
): void {
  const four = f32x4.splat(4);
  const lessFour = f32x4.splat(-4);
  const lessFive = f32x4.splat(-5);
  const two = f32x4.splat(2);
  const skip = 4 * step - bytes;
  for (; count > 0; count--) {
    for (const end = to + bytes; to < end;) {
      const d1 = v128.load(middle);
      const d2 = v128.load(middle + step);
      const d3 = v128.load(middle + 2 * step);
      const d4 = v128.load(middle + 3 * step);
      v128.store(to, multiplyAdd(v128.load(first), four, multiplyAdd(d2, lessFive, d4)));
      const even = multiplyAdd(d2, lessFour, d4);
      const odd = multiplyAdd(d1, lessFour, d3);
      v128.store(to + toStep, f32x4.add(even, odd));
      v128.store(to + 2 * toStep, f32x4.sub(even, odd));
      const inner = f32x4.sub(d4, d2);
      const slope = f32x4.mul(f32x4.sub(d3, d1), two);
      v128.store(to + 3 * toStep, f32x4.add(inner, slope));
      v128.store(to + 4 * toStep, f32x4.sub(inner, slope));
      v128.store(to + 5 * toStep, multiplyAdd(d1, four, multiplyAdd(d3, lessFive, v128.load(last))));
      first += VECTOR;
      middle += VECTOR;
      last += VECTOR;
      to += VECTOR;
    }
    first += skip;
    middle += skip;
    last += skip;
  }
}

/**
 * B' x B of a row of tiles. x points at the image's row 4 * tileRow, which has `above` and `below` rows round it or not; `lines` are a row
 * of zeros and six rows, all of width + 2 pixels, whose ends are zero.
 */
export function transformInputs(
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
  transformSix(above ? x - row : lines, x, below ? x + 4 * row : lines, row, row, at + pixel, line, 1);
  for (let i: usize = 0; i < SIDE; i++) {
    transformSix(at, at + pixel, at + 5 * pixel, pixel, pixel, tiles, pitch, width >> 2);
    at += line;
    tiles += SIDE * pitch;
  }
}

/**
 * A' m A of a row of tiles, shifted, into y's rows 4 * tileRow and the next three, with `residual`'s added unless that is 0, through ReLU
 * if `relu`; `half` is HALF_WAY of room.
 */
export function transformOutputs(
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
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  const eight = f32x4.splat(8);
  const floor = f32x4.splat(relu ? 0 : <f32>-Infinity);
  const p1 = SIDE * pitch;
  const p2 = 2 * p1;
  const p3 = 3 * p1;
  const p4 = 4 * p1;
  const p5 = 5 * p1;
  for (let column = 0; column < width; column += 4) {
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      let at = tiles;
      for (let to = half, end = half + SIDE * VECTOR; to < end; to += VECTOR) {
        const m0 = v128.load(at);
        const m1 = v128.load(at + p1);
        const m2 = v128.load(at + p2);
        const m3 = v128.load(at + p3);
        const m4 = v128.load(at + p4);
        const m5 = v128.load(at + p5);
        const sum = f32x4.add(m1, m2);
        const difference = f32x4.sub(m1, m2);
        const farSum = f32x4.add(m3, m4);
        const farDifference = f32x4.sub(m3, m4);
        v128.store(to, f32x4.add(f32x4.add(m0, sum), farSum));
        v128.store(to, multiplyAdd(farDifference, two, difference), SIDE * VECTOR);
        v128.store(to, multiplyAdd(farSum, four, sum), 2 * SIDE * VECTOR);
        v128.store(to, f32x4.add(multiplyAdd(farDifference, eight, difference), m5), 3 * SIDE * VECTOR);
        at += pitch;
      }
      const shift = v128.load(shifts + c);
      let out = y + c;
      let other = residual + c;
      for (let from = half, end = half + HALF_WAY; from < end; from += SIDE * VECTOR) {
        const m1 = v128.load(from, VECTOR);
        const m2 = v128.load(from, 2 * VECTOR);
        const m3 = v128.load(from, 3 * VECTOR);
        const m4 = v128.load(from, 4 * VECTOR);
        const sum = f32x4.add(f32x4.add(m1, m2), shift);
        const difference = f32x4.add(f32x4.sub(m1, m2), shift);
        const farSum = f32x4.add(m3, m4);
        const farDifference = f32x4.sub(m3, m4);
        let y0 = f32x4.add(f32x4.add(v128.load(from), sum), farSum);
        let y1 = multiplyAdd(farDifference, two, difference);
        let y2 = multiplyAdd(farSum, four, sum);
        let y3 = f32x4.add(multiplyAdd(farDifference, eight, difference), v128.load(from, 5 * VECTOR));
        if (residual) {
          y0 = f32x4.add(y0, v128.load(other));
          y1 = f32x4.add(y1, v128.load(other + pixel));
          y2 = f32x4.add(y2, v128.load(other + 2 * pixel));
          y3 = f32x4.add(y3, v128.load(other + 3 * pixel));
          other += row;
        }
        v128.store(out, f32x4.pmax(y0, floor));
        v128.store(out + pixel, f32x4.pmax(y1, floor));
        v128.store(out + 2 * pixel, f32x4.pmax(y2, floor));
        v128.store(out + 3 * pixel, f32x4.pmax(y3, floor));
        out += row;
      }
      tiles += VECTOR;
    }
    y += 4 * pixel;
    if (residual) residual += 4 * pixel;
  }
}

/**
 * Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2015, section 4.1): a tile of 2 x 2 outputs from 4 x 4 inputs with
 * 16 multiplications for each pair of channels instead of 36. In one dimension, outputs = A'[(G filter) * (B' inputs)] with
 *
 *   B' = 1  0 -1  0      G = 1    0    0      A' = 1  1  1  0
 *        0  1  1  0          1/2  1/2  1/2         0  1 -1  1
 *        0 -1  1  0          1/2 -1/2  1/2
 *        0 -1  0  1          0    0    1
 *
 * (the last row of B' and the last column of A' have their signs changed, which spares negations). The numbers of a position
 * among the 4 x 4 lie together, `[tile, channel]`, the positions `pitch` bytes apart.
 */
import { FLOAT, VECTOR } from './vector';

/**
 * B' x B of a row of tiles. x points at the image's row 2 * tileRow, which has `above` and `below` rows round it or not;
 * `lines` are four rows of width + 2 pixels whose borders are zero.
 */
export function transformInputs(
  x: usize,
  above: bool,
  below: bool,
  width: i32,
  channels: i32,
  lines: usize,
  tiles: usize,
  pitch: usize,
): void {
  const pixel = <usize>channels * FLOAT;
  const row = <usize>width * pixel;
  const line = row + 2 * pixel;
  const zero = f32x4.splat(0);
  // Down the columns ...
  let to = lines + pixel;
  for (const end = x + row; x < end; x += VECTOR) {
    const d0 = above ? v128.load(x - row) : zero;
    const d1 = v128.load(x);
    const d2 = v128.load(x + row);
    const d3 = below ? v128.load(x + 2 * row) : zero;
    v128.store(to, f32x4.sub(d0, d2));
    v128.store(to + line, f32x4.add(d1, d2));
    v128.store(to + 2 * line, f32x4.sub(d2, d1));
    v128.store(to + 3 * line, f32x4.sub(d3, d1));
    to += VECTOR;
  }
  // ... and along the rows.
  for (let i = 0; i < 4; i++) {
    let tile = tiles;
    for (let column = 0; column < width; column += 2) {
      let from = lines + <usize>column * pixel;
      for (const end = from + pixel; from < end; from += VECTOR) {
        const d0 = v128.load(from);
        const d1 = v128.load(from + pixel);
        const d2 = v128.load(from + 2 * pixel);
        const d3 = v128.load(from + 3 * pixel);
        v128.store(tile, f32x4.sub(d0, d2));
        v128.store(tile + pitch, f32x4.add(d1, d2));
        v128.store(tile + 2 * pitch, f32x4.sub(d2, d1));
        v128.store(tile + 3 * pitch, f32x4.sub(d3, d1));
        tile += VECTOR;
      }
    }
    lines += line;
    tiles += 4 * pitch;
  }
}

/** A' m A of a row of tiles, into y's rows 2 * tileRow and the next. */
export function transformOutputs(tiles: usize, pitch: usize, y: usize, width: i32, channels: i32): void {
  const pixel = <usize>channels * FLOAT;
  const row = <usize>width * pixel;
  for (let column = 0; column < width; column += 2) {
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      let at = tiles;
      const a0 = v128.load(at);
      const a1 = v128.load((at += pitch));
      const a2 = v128.load((at += pitch));
      const a3 = v128.load((at += pitch));
      const b0 = v128.load((at += pitch));
      const b1 = v128.load((at += pitch));
      const b2 = v128.load((at += pitch));
      const b3 = v128.load((at += pitch));
      const c0 = v128.load((at += pitch));
      const c1 = v128.load((at += pitch));
      const c2 = v128.load((at += pitch));
      const c3 = v128.load((at += pitch));
      const d0 = v128.load((at += pitch));
      const d1 = v128.load((at += pitch));
      const d2 = v128.load((at += pitch));
      const d3 = v128.load((at += pitch));
      const out = y + c;
      storePair(out, pixel, first(a0, b0, c0), first(a1, b1, c1), first(a2, b2, c2), first(a3, b3, c3));
      storePair(
        out + row,
        pixel,
        second(b0, c0, d0),
        second(b1, c1, d1),
        second(b2, c2, d2),
        second(b3, c3, d3),
      );
      tiles += VECTOR;
    }
    y += 2 * pixel;
  }
}

/** The rows of A'. */
function first(m0: v128, m1: v128, m2: v128): v128 {
  return f32x4.add(f32x4.add(m0, m1), m2);
}
function second(m1: v128, m2: v128, m3: v128): v128 {
  return f32x4.add(f32x4.sub(m1, m2), m3);
}

/** Two outputs next to each other. */
function storePair(out: usize, pixel: usize, m0: v128, m1: v128, m2: v128, m3: v128): void {
  v128.store(out, first(m0, m1, m2));
  v128.store(out + pixel, second(m1, m2, m3));
}

/** A dy A' of a row of tiles; dy points at its row 2 * tileRow. */
export function transformGradients(dy: usize, width: i32, channels: i32, tiles: usize, pitch: usize): void {
  const pixel = <usize>channels * FLOAT;
  const row = <usize>width * pixel;
  for (let column = 0; column < width; column += 2) {
    for (const end = dy + pixel; dy < end; dy += VECTOR) {
      const a0 = v128.load(dy);
      const a1 = v128.load(dy + pixel);
      const b0 = v128.load(dy + row);
      const b1 = v128.load(dy + row + pixel);
      storeSpread(tiles, pitch, a0, a1);
      storeSpread(tiles + 4 * pitch, pitch, f32x4.add(a0, b0), f32x4.add(a1, b1));
      storeSpread(tiles + 8 * pitch, pitch, f32x4.sub(a0, b0), f32x4.sub(a1, b1));
      storeSpread(tiles + 12 * pitch, pitch, b0, b1);
      tiles += VECTOR;
    }
    dy += pixel;
  }
}

/** A times two numbers next to each other. */
function storeSpread(tiles: usize, pitch: usize, y0: v128, y1: v128): void {
  v128.store(tiles, y0);
  v128.store(tiles + pitch, f32x4.add(y0, y1));
  v128.store(tiles + 2 * pitch, f32x4.sub(y0, y1));
  v128.store(tiles + 3 * pitch, y1);
}

/** G w G' of every pair of channels: filter `[3, 3, pairs]` -> `[4, 4, pairs]`. */
export function transformFilter(filter: usize, to: usize, pairs: i32): void {
  const tap = <usize>pairs * FLOAT;
  for (let pair: usize = 0; pair < tap; pair += FLOAT) {
    // Along the rows into the upper three rows of the result, then down its columns in place.
    for (let row: usize = 0; row < 3; row++) {
      const from = filter + pair + 3 * row * tap;
      storeFilter(
        to + pair + 4 * row * tap,
        tap,
        load<f32>(from),
        load<f32>(from + tap),
        load<f32>(from + 2 * tap),
      );
    }
    for (let column: usize = 0; column < 4; column++) {
      const at = to + pair + column * tap;
      storeFilter(at, 4 * tap, load<f32>(at), load<f32>(at + 4 * tap), load<f32>(at + 8 * tap));
    }
  }
}

/** G times three numbers. */
function storeFilter(to: usize, step: usize, w0: f32, w1: f32, w2: f32): void {
  store<f32>(to, w0);
  store<f32>(to + step, <f32>0.5 * (w0 + w1 + w2));
  store<f32>(to + 2 * step, <f32>0.5 * (w0 - w1 + w2));
  store<f32>(to + 3 * step, w2);
}

/** G' u G of every pair of channels: `[4, 4, pairs]`, which is overwritten -> filter `[3, 3, pairs]`. */
export function transformFilterGradient(from: usize, filter: usize, pairs: i32): void {
  const tap = <usize>pairs * FLOAT;
  for (let pair: usize = 0; pair < tap; pair += FLOAT) {
    for (let column: usize = 0; column < 4; column++) {
      const at = from + pair + column * tap;
      storeFilterGradient(at, 4 * tap, at, 4 * tap);
    }
    for (let row: usize = 0; row < 3; row++) {
      storeFilterGradient(from + pair + 4 * row * tap, tap, filter + pair + 3 * row * tap, tap);
    }
  }
}

/** G' times four numbers. */
function storeFilterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const u0 = load<f32>(from);
  const u1 = load<f32>(from + fromStep);
  const u2 = load<f32>(from + 2 * fromStep);
  const u3 = load<f32>(from + 3 * fromStep);
  store<f32>(to, u0 + <f32>0.5 * (u1 + u2));
  store<f32>(to + toStep, <f32>0.5 * (u1 - u2));
  store<f32>(to + 2 * toStep, <f32>0.5 * (u1 + u2) + u3);
}

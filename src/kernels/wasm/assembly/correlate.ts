/** The inner loop of every convolution here, forward and back. */
import { FLOAT, VECTOR, multiplyAdd } from './vector';

/** Output channels of a panel: two vectors. */
const PANEL: usize = 8;
/** Pixels that are computed together: with a panel's two vectors, eight sums in registers. */
const PIXELS: i32 = 4;

/**
 * Slides windows over an image: y[i, j, :] = sum over the window of x * filter.
 *
 * A window is `windowRows` pieces of `span` bytes (its columns' channels), `xRow` bytes apart; the next window is `stepX`
 * bytes further, the next row of windows `stepRow`. `panels` hold the filter, see panels.ts. y's pixels and rows are
 * `yPixel` and `yRow` bytes apart. Windows are computed by fours: up to three beyond the last of a row are read, so x must
 * be followed by readable bytes. `spill` is room for a panel's vectors.
 */
export function correlate(
  x: usize,
  xRow: usize,
  stepRow: usize,
  stepX: usize,
  windowRows: i32,
  span: usize,
  panels: usize,
  y: usize,
  yRow: usize,
  yPixel: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  spill: usize,
): void {
  const panelBytes = <usize>windowRows * span * PANEL;
  for (let channel = 0; channel < channels; channel += <i32>PANEL) {
    const panel = panels + <usize>(channel >> 3) * panelBytes;
    const width = min<usize>(PANEL, channels - channel) * FLOAT;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column += PIXELS) {
        let a0 = f32x4.splat(0);
        let a1 = a0;
        let b0 = a0;
        let b1 = a0;
        let c0 = a0;
        let c1 = a0;
        let d0 = a0;
        let d1 = a0;
        let weights = panel;
        const corner = x + <usize>row * stepRow + <usize>column * stepX;
        for (let windowRow = 0; windowRow < windowRows; windowRow++) {
          let a = corner + <usize>windowRow * xRow;
          let b = a + stepX;
          let c = b + stepX;
          let d = c + stepX;
          for (const end = a + span; a < end;) {
            const w0 = v128.load(weights);
            const w1 = v128.load(weights, VECTOR);
            let value = v128.load32_splat(a);
            a0 = multiplyAdd(value, w0, a0);
            a1 = multiplyAdd(value, w1, a1);
            value = v128.load32_splat(b);
            b0 = multiplyAdd(value, w0, b0);
            b1 = multiplyAdd(value, w1, b1);
            value = v128.load32_splat(c);
            c0 = multiplyAdd(value, w0, c0);
            c1 = multiplyAdd(value, w1, c1);
            value = v128.load32_splat(d);
            d0 = multiplyAdd(value, w0, d0);
            d1 = multiplyAdd(value, w1, d1);
            weights += 2 * VECTOR;
            a += FLOAT;
            b += FLOAT;
            c += FLOAT;
            d += FLOAT;
          }
        }
        let out = y + <usize>row * yRow + <usize>column * yPixel + <usize>channel * FLOAT;
        const pixels = columns - column;
        store(out, a0, a1, width, spill);
        if (pixels > 1) store((out += yPixel), b0, b1, width, spill);
        if (pixels > 2) store((out += yPixel), c0, c1, width, spill);
        if (pixels > 3) store((out += yPixel), d0, d1, width, spill);
      }
    }
  }
}

function store(out: usize, low: v128, high: v128, width: usize, spill: usize): void {
  if (width == 2 * VECTOR) {
    v128.store(out, low);
    v128.store(out, high, VECTOR);
    return;
  }
  v128.store(spill, low);
  v128.store(spill, high, VECTOR);
  memory.copy(out, spill, width);
}

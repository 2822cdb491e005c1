/** What Winograd's minimal filtering multiplies: at every position of a tile, pixels by a matrix. */
import { correlate } from './correlate';
import { FLOAT, VECTOR, multiplyAdd } from './vector';

/** Output channels of a panel: two vectors. */
const PANEL: usize = 8;

/**
 * For each position, `[tiles, inputs]` by `[inputs, outputs]`: from numbers that are `pitch` bytes apart to others that are `toPitch`
 * apart. `pixel` and `toPixel` are the bytes of a tile's inputs and outputs; panels (panels.ts) follow one another, `panelPitch` bytes
 * apart. Tiles are computed by fours: up to three beyond the last are read, and written where outputs are a multiple of 8. `spill` is
 * room for a panel's vectors.
 */
export function multiplyPositions(
  positions: usize,
  from: usize,
  pitch: usize,
  pixel: usize,
  panels: usize,
  panelPitch: usize,
  to: usize,
  toPitch: usize,
  toPixel: usize,
  tiles: i32,
  spill: usize,
): void {
  const outputs = <i32>(toPixel / FLOAT);
  for (let position: usize = 0; position < positions; position++) {
    if (outputs & 7) correlate(from, 0, 0, pixel, 1, pixel, panels, to, 0, toPixel, 1, tiles, outputs, spill);
    // With the usual numbers of channels known to the compiler, pixels lie at fixed places: a fortieth faster at 16.
    else if (pixel === 64) multiply(from, 64, panels, to, toPixel, tiles);
    else if (pixel === 128) multiply(from, 128, panels, to, toPixel, tiles);
    else if (pixel === 256) multiply(from, 256, panels, to, toPixel, tiles);
    else multiply(from, pixel, panels, to, toPixel, tiles);
    from += pitch;
    panels += panelPitch;
    to += toPitch;
  }
}

/** correlate with one row of windows of one pixel and whole panels, to the last bit: a tenth faster, since it is less. */
// @ts-expect-error: a decorator of AssemblyScript.
@inline
function multiply(from: usize, pixel: usize, panel: usize, to: usize, toPixel: usize, tiles: i32): void {
  for (let channel: usize = 0; channel < toPixel; channel += 2 * VECTOR) {
    let a = from;
    let out = to + channel;
    for (let tile = 0; tile < tiles; tile += 4) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      let weights = panel;
      for (const end = a + pixel; a < end;) {
        const w0 = v128.load(weights);
        const w1 = v128.load(weights, VECTOR);
        let value = v128.load32_splat(a);
        a0 = multiplyAdd(value, w0, a0);
        a1 = multiplyAdd(value, w1, a1);
        value = v128.load32_splat(a + pixel);
        b0 = multiplyAdd(value, w0, b0);
        b1 = multiplyAdd(value, w1, b1);
        value = v128.load32_splat(a + 2 * pixel);
        c0 = multiplyAdd(value, w0, c0);
        c1 = multiplyAdd(value, w1, c1);
        value = v128.load32_splat(a + 3 * pixel);
        d0 = multiplyAdd(value, w0, d0);
        d1 = multiplyAdd(value, w1, d1);
        weights += 2 * VECTOR;
        a += FLOAT;
      }
      a += 3 * pixel;
      store(out, a0, a1);
      store((out += toPixel), b0, b1);
      store((out += toPixel), c0, c1);
      store((out += toPixel), d0, d1);
      out += toPixel;
    }
    panel += pixel * PANEL;
  }
}

function store(out: usize, low: v128, high: v128): void {
  v128.store(out, low);
  v128.store(out, high, VECTOR);
}

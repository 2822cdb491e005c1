/**
 * 3x3 convolutions of stride 1 by Winograd's minimal filtering (winogradTransforms.ts), for maps of even height and width whose
 * channels are multiples of 4. A few rows of tiles at a time are transformed, multiplied and transformed back while they
 * are in the second cache.
 */
import { correlate } from './correlate';
import { addOuterProducts } from './filterGradient';
import { pack, panelsBytes } from './panels';
import { shareStart } from './range';
import { FLOAT } from './vector';
import {
  transformFilter,
  transformFilterGradient,
  transformGradients,
  transformInputs,
  transformOutputs,
} from './winogradTransforms';

const POSITIONS: usize = 16;
const LINE: usize = 64;

/** Bytes between positions. Not a power of two, or all 16 would fall on the same few places of the first cache. */
function pitchOf(tiles: i32, channels: i32): usize {
  return <usize>(tiles * channels) * FLOAT + LINE;
}

/**
 * filter `[3, 3, in, out]` -> panels for winogradConvolve, forward or, `backward`, for the input gradient. `transformed` is room for
 * `[4, 4, in, out]`.
 */
export function packWinograd(
  filter: usize,
  transformed: usize,
  panels: usize,
  inputs: i32,
  outputs: i32,
  backward: bool,
): void {
  transformFilter(filter, transformed, inputs * outputs);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      // Turning the filter by half a turn exchanges the first and last rows of G w G', and its columns.
      const position = backward ? turned(row) * 4 + turned(column) : row * 4 + column;
      const from = transformed + <usize>(position * inputs * outputs) * FLOAT;
      pack(from, panels, 1, inputs, outputs, backward, 0, 1, 1, 0, 1, 1);
      panels += backward ? panelsBytes(1, outputs, inputs) : panelsBytes(1, inputs, outputs);
    }
  }
}

function turned(index: i32): i32 {
  return index == 0 ? 3 : index == 3 ? 0 : index;
}

/**
 * x `[batch, height, width, inputs]` -> y `[batch, height, width, outputs]`, `tileRows` rows of tiles at a time. Each part has
 * `scratchBytes` of scratch: a spilled panel, four lines of pixels, transformed inputs and outputs.
 */
export function winogradConvolve(
  x: usize,
  panels: usize,
  y: usize,
  scratch: usize,
  scratchBytes: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  tileRows: i32,
  part: i32,
  parts: i32,
): void {
  const columns = width >> 1;
  const inputPitch = pitchOf(tileRows * columns, inputs);
  const outputPitch = pitchOf(tileRows * columns, outputs);
  const spill = scratch + <usize>part * scratchBytes;
  const lines = spill + LINE;
  const given = lines + <usize>(4 * (width + 2) * inputs) * FLOAT;
  const made = given + POSITIONS * inputPitch;
  const pixel = <usize>inputs * FLOAT;
  const outPixel = <usize>outputs * FLOAT;
  memory.fill(lines, 0, given - lines);
  const end = shareStart(batch, part + 1, parts) * (height >> 1);
  for (let first = shareStart(batch, part, parts) * (height >> 1); first < end; first += tileRows) {
    const rows = min(tileRows, end - first);
    transformInputRows(x, first, rows, height, width, inputs, lines, given, inputPitch);
    let panel = panels;
    for (let position: usize = 0; position < POSITIONS; position++) {
      const from = given + position * inputPitch;
      const to = made + position * outputPitch;
      correlate(from, 0, 0, pixel, 1, pixel, panel, to, 0, outPixel, 1, rows * columns, outputs, spill);
      panel += panelsBytes(1, inputs, outputs);
    }
    for (let row = 0; row < rows; row++) {
      const out = y + <usize>(2 * (first + row) * width) * outPixel;
      transformOutputs(made + <usize>(row * columns) * outPixel, outputPitch, out, width, outputs);
    }
  }
}

/**
 * The filter gradient's sums over each part's images, still transformed: `[4, 4, inputs, outputs]` in the part's `partialBytes` of
 * `partials`, for finishWinogradGradient. outputs are a multiple of 8.
 */
export function winogradFilterGradient(
  x: usize,
  dy: usize,
  partials: usize,
  partialBytes: usize,
  scratch: usize,
  scratchBytes: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  tileRows: i32,
  part: i32,
  parts: i32,
): void {
  const columns = width >> 1;
  const inputPitch = pitchOf(tileRows * columns, inputs);
  const gradientPitch = pitchOf(tileRows * columns, outputs);
  const lines = scratch + <usize>part * scratchBytes + LINE;
  const given = lines + <usize>(4 * (width + 2) * inputs) * FLOAT;
  const gradients = given + POSITIONS * inputPitch;
  const pixel = <usize>inputs * FLOAT;
  const gradientPixel = <usize>outputs * FLOAT;
  const sums = partials + <usize>part * partialBytes;
  memory.fill(sums, 0, partialBytes);
  memory.fill(lines, 0, given - lines);
  const end = shareStart(batch, part + 1, parts) * (height >> 1);
  for (let first = shareStart(batch, part, parts) * (height >> 1); first < end; first += tileRows) {
    const rows = min(tileRows, end - first);
    transformInputRows(x, first, rows, height, width, inputs, lines, given, inputPitch);
    for (let row = 0; row < rows; row++) {
      const from = dy + <usize>(2 * (first + row) * width) * gradientPixel;
      const to = gradients + <usize>(row * columns) * gradientPixel;
      transformGradients(from, width, outputs, to, gradientPitch);
    }
    let sum = sums;
    for (let position: usize = 0; position < POSITIONS; position++) {
      const from = given + position * inputPitch;
      const gradient = gradients + position * gradientPitch;
      for (let c: usize = 0; c < pixel; c += 4 * FLOAT) {
        for (let o: usize = 0; o < gradientPixel; o += 8 * FLOAT) {
          addOuterProducts(from + c, 0, pixel, gradient + o, 0, gradientPixel, 1, rows * columns, sum + o);
        }
        sum += 4 * gradientPixel;
      }
    }
  }
}

function transformInputRows(
  x: usize,
  first: i32,
  rows: i32,
  height: i32,
  width: i32,
  channels: i32,
  lines: usize,
  tiles: usize,
  pitch: usize,
): void {
  const pixel = <usize>channels * FLOAT;
  for (let row = first; row < first + rows; row++) {
    const inImage = row % (height >> 1);
    const from = x + <usize>(2 * row * width) * pixel;
    const to = tiles + <usize>((row - first) * (width >> 1)) * pixel;
    const below = inImage + 1 < height >> 1;
    transformInputs(from, inImage > 0, below, width, channels, lines, to, pitch);
  }
}

/** Adds the parts' sums in their order and transforms them into the filter's gradient `[3, 3, inputs, outputs]`. */
export function finishWinogradGradient(
  partials: usize,
  partialBytes: usize,
  filter: usize,
  inputs: i32,
  outputs: i32,
  parts: i32,
): void {
  const bytes = POSITIONS * <usize>(inputs * outputs) * FLOAT;
  for (let part = 1; part < parts; part++) {
    const other = partials + <usize>part * partialBytes;
    for (let at: usize = 0; at < bytes; at += FLOAT) {
      store<f32>(partials + at, load<f32>(partials + at) + load<f32>(other + at));
    }
  }
  transformFilterGradient(partials, filter, inputs * outputs);
}

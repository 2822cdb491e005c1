/**
 * 3x3 convolutions of stride 1 by Winograd's minimal filtering (winogradTransforms.ts), for maps of even height and width whose
 * channels are multiples of 4. A few rows of tiles at a time are transformed, multiplied and transformed back while they
 * are in the second cache.
 */
import { addOuterProducts } from './filterGradient';
import { multiplyPositions } from './multiplyPositions';
import { pack, panelsBytes } from './panels';
import { scratchBytes, shareStart } from './range';
import { Shape } from './shape';
import { FLOAT, LINE, upToLine } from './vector';
import {
  transformFilter,
  transformFilterGradient,
  transformGradients,
  transformInputs,
  transformOutputs,
} from './winogradTransforms';

const POSITIONS: usize = 16;
/** Numbers of a position that are transformed at a time: measured best on 2 MB of second cache, and near it on less. */
const NUMBERS_AT_ONCE = 2048;

/** How many rows of tiles are done at a time: NUMBERS_AT_ONCE by those of a row, rounded. */
function tileRowsOf(width: i32, inputs: i32, outputs: i32): i32 {
  const row = (width >> 1) * max(inputs, outputs);
  return max((2 * NUMBERS_AT_ONCE + row) / (2 * row), 1);
}

/** Bytes that a part needs for them: a spilled panel, four lines of pixels, transformed inputs and outputs. */
function chunkBytes(width: i32, inputs: i32, outputs: i32): usize {
  const tiles = tileRowsOf(width, inputs, outputs) * (width >> 1);
  const lines = <usize>(4 * (width + 2) * inputs) * FLOAT;
  // Tiles are computed by fours: up to three beyond the last are read and written.
  const overhang = 3 * <usize>max(inputs, outputs) * FLOAT;
  return upToLine(LINE + lines + POSITIONS * (pitchOf(tiles, inputs) + pitchOf(tiles, outputs)) + overhang);
}

/** Bytes of the filter or its gradient, transformed: `[4, 4, inputs, outputs]`. */
function transformedBytes(shape: Shape): usize {
  return POSITIONS * <usize>(shape.inputs * shape.outputs) * FLOAT;
}

/** Bytes between positions. Not a power of two, or all 16 would fall on the same few places of the first cache. */
function pitchOf(tiles: i32, channels: i32): usize {
  return <usize>(tiles * channels) * FLOAT + LINE;
}

/** Bytes of scratch of packWinograd and winogradConvolve: the transformed filter, its panels, then the parts' chunks. */
export function winogradConvolveScratch(shape: Shape, backward: bool, parts: i32): f64 {
  const from = backward ? shape.outputs : shape.inputs;
  const to = backward ? shape.inputs : shape.outputs;
  const panels = POSITIONS * panelsBytes(1, from, to);
  return scratchBytes(transformedBytes(shape) + panels, chunkBytes(shape.width, from, to), parts);
}

/** filter `[3, 3, in, out]` -> the panels of winogradConvolve, forward or, `backward`, for the input gradient. */
export function packWinograd(filter: usize, scratch: usize, shape: Shape, backward: bool): void {
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const transformed = scratch;
  let panels = scratch + transformedBytes(shape);
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
 * x `[batch, height, width, inputs]` -> y `[batch, height, width, outputs]`; or, `backward`, the gradient of y -> that of x: a
 * convolution from outputs to inputs.
 */
export function winogradConvolve(
  x: usize,
  scratch: usize,
  y: usize,
  shape: Shape,
  backward: bool,
  part: i32,
  parts: i32,
): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const inputs = backward ? shape.outputs : shape.inputs;
  const outputs = backward ? shape.inputs : shape.outputs;
  const tileRows = tileRowsOf(width, inputs, outputs);
  const panels = scratch + transformedBytes(shape);
  const panelPitch = panelsBytes(1, inputs, outputs);
  const chunks = panels + POSITIONS * panelPitch;
  const columns = width >> 1;
  const inputPitch = pitchOf(tileRows * columns, inputs);
  const outputPitch = pitchOf(tileRows * columns, outputs);
  const spill = chunks + <usize>part * chunkBytes(width, inputs, outputs);
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
    multiplyPositions(POSITIONS, given, inputPitch, pixel, panels, panelPitch, made, outputPitch, outPixel, rows * columns, spill); // prettier-ignore
    for (let row = 0; row < rows; row++) {
      const out = y + <usize>(2 * (first + row) * width) * outPixel;
      transformOutputs(made + <usize>(row * columns) * outPixel, outputPitch, out, width, outputs);
    }
  }
}

/** Bytes of scratch of winogradFilterGradient and finishWinogradGradient: the parts' sums, then their chunks. */
export function winogradFilterGradientScratch(shape: Shape, parts: i32): f64 {
  const chunk = chunkBytes(shape.width, shape.inputs, shape.outputs);
  return scratchBytes(0, upToLine(transformedBytes(shape)) + chunk, parts);
}

/**
 * The filter gradient's sums over each part's images, still transformed: `[4, 4, inputs, outputs]` in the part's sums of `scratch`, for
 * finishWinogradGradient. outputs are a multiple of 8.
 */
export function winogradFilterGradient(
  x: usize,
  dy: usize,
  scratch: usize,
  shape: Shape,
  part: i32,
  parts: i32,
): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const tileRows = tileRowsOf(width, inputs, outputs);
  const partialBytes = upToLine(transformedBytes(shape));
  const chunks = scratch + <usize>parts * partialBytes;
  const columns = width >> 1;
  const inputPitch = pitchOf(tileRows * columns, inputs);
  const gradientPitch = pitchOf(tileRows * columns, outputs);
  const lines = chunks + <usize>part * chunkBytes(width, inputs, outputs) + LINE;
  const given = lines + <usize>(4 * (width + 2) * inputs) * FLOAT;
  const gradients = given + POSITIONS * inputPitch;
  const pixel = <usize>inputs * FLOAT;
  const gradientPixel = <usize>outputs * FLOAT;
  const sums = scratch + <usize>part * partialBytes;
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
export function finishWinogradGradient(scratch: usize, filter: usize, shape: Shape, parts: i32): void {
  const bytes = transformedBytes(shape);
  for (let part = 1; part < parts; part++) {
    const other = scratch + <usize>part * upToLine(bytes);
    for (let at: usize = 0; at < bytes; at += FLOAT) {
      store<f32>(scratch + at, load<f32>(scratch + at) + load<f32>(other + at));
    }
  }
  transformFilterGradient(scratch, filter, shape.inputs * shape.outputs);
}

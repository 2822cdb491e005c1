/**
 * 3x3 convolutions of stride 1 for evaluation, with the batch norm, the residual addition and the ReLU that follow, by Winograd's minimal
 * filtering with tiles of 4 x 4 (inferenceTransforms.ts). It loses about a digit against the direct convolution, so nothing trains by it.
 * Maps are of a height and width that are multiples of 4; inputs are a multiple of 4, outputs of 8.
 */
import { multiplyPositions } from './multiplyPositions';
import { HALF_WAY, SIDE, transformFilter, transformInputs, transformOutputs } from './inferenceTransforms';
import { panelsBytes } from './panels';
import { scratchBytes, shareStart } from './range';
import { Shape } from './shape';
import { FLOAT, LINE, VECTOR, upToLine } from './vector';

const POSITIONS: usize = SIDE * SIDE;
/** Numbers of a position that are transformed at a time: from 512 to 2048 are as fast. */
const NUMBERS_AT_ONCE = 1024;
/** `multiplyPositions` reads and writes up to three tiles beyond the last. */
const OVERHANG = 3;

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

/** Bytes between the panels of positions: not a power of two either. */
function panelPitch(shape: Shape): usize {
  return panelsBytes(1, shape.inputs, shape.outputs) + LINE;
}

/** Bytes of what foldInference makes. */
function foldedBytes(shape: Shape): usize {
  return upToLine(<usize>(2 * shape.outputs) * FLOAT);
}

/** Bytes of what both make, and of the room that each part of packInference works in. */
export function inferencePacked(shape: Shape, parts: i32): f64 {
  return scratchBytes(foldedBytes(shape) + POSITIONS * panelPitch(shape), HALF_WAY, parts);
}

/** Bytes of scratch of convolveInference. */
export function inferenceScratch(shape: Shape, parts: i32): f64 {
  return scratchBytes(0, chunkBytes(shape), parts);
}

/** affine and moments `[2, out]` -> what is to be added for each output channel, and what its filter is multiplied by, in `packed`. */
export function foldInference(
  affine: usize,
  moments: usize,
  packed: usize,
  shape: Shape,
  epsilon: f64,
): void {
  const row = <usize>shape.outputs * FLOAT;
  for (let o: usize = 0; o < row; o += VECTOR) {
    const deviation = f32x4.sqrt(f32x4.add(v128.load(moments + row + o), f32x4.splat(<f32>epsilon)));
    const factor = f32x4.div(v128.load(affine + o), deviation);
    v128.store(packed + o, f32x4.sub(v128.load(affine + row + o), f32x4.mul(v128.load(moments + o), factor)));
    v128.store(packed + row + o, factor);
  }
}

/** filter `[3, 3, in, out]` -> what convolveInference multiplies by, behind what foldInference left in `packed`. */
export function packInference(filter: usize, packed: usize, shape: Shape, part: i32, parts: i32): void {
  const inputs = <usize>shape.inputs;
  const row = <usize>shape.outputs * FLOAT;
  const panels = packed + foldedBytes(shape);
  const pitch = panelPitch(shape);
  const half = panels + POSITIONS * pitch + <usize>part * HALF_WAY;
  const vectors = shape.outputs >> 2;
  const end = <usize>shareStart(vectors, part + 1, parts) * VECTOR;
  for (let o = <usize>shareStart(vectors, part, parts) * VECTOR; o < end; o += VECTOR) {
    const factor = v128.load(packed + row + o);
    // A panel has 8 output channels: two vectors.
    let to = panels + (o / (2 * VECTOR)) * inputs * 2 * VECTOR + (o & VECTOR);
    for (let from = filter + o, last = from + inputs * row; from < last; from += row) {
      transformFilter(from, inputs * row, factor, half, to, pitch);
      to += 2 * VECTOR;
    }
  }
}

/**
 * x `[batch, height, width, inputs]` -> y `[batch, height, width, outputs]` with what packInference left in `packed`, plus `residual`
 * unless that is 0, through ReLU if `relu`.
 */
export function convolveInference(
  x: usize,
  packed: usize,
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
  const half = scratch + <usize>part * chunkBytes(shape);
  const lines = half + HALF_WAY;
  const given = lines + (SIDE + 1) * lineBytes(width, inputs);
  const made = given + POSITIONS * inputPitch;
  const pixel = <usize>inputs * FLOAT;
  const outPixel = <usize>outputs * FLOAT;
  const panels = packed + foldedBytes(shape);
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
    multiplyPositions(POSITIONS, given, inputPitch, pixel, panels, panelPitch(shape), made, outputPitch, outPixel, rows * columns, half); // prettier-ignore
    for (let row = 0; row < rows; row++) {
      const at = <usize>(4 * (first + row) * width) * outPixel;
      const from = made + <usize>(row * columns) * outPixel;
      transformOutputs(from, outputPitch, y + at, residual ? residual + at : 0, packed, width, outPixel, relu, half); // prettier-ignore
    }
  }
}

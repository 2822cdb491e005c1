/** Direct convolutions, image by image: a copy with a border of zeros, then `correlate`. */
import { correlate } from './correlate';
import { packBackward, packForward, panelsBytes, tapsOfParity } from './panels';
import { scratchBytes, shareStart } from './range';
import { Shape } from './shape';
import { FLOAT, LINE, upToLine } from './vector';

export { packBackward, packForward };

/** Bytes before the image copy in each part's scratch: room for `correlate` to spill a panel's vectors. */
const SPILL: usize = LINE;
/** `correlate` reads up to three windows, of stride 2, beyond its last. */
const OVERHANG_PIXELS = 8;

/** Bytes of a part's scratch: the spill, and an image with its border. */
function imageBytes(height: i32, width: i32, channels: i32): usize {
  return upToLine(SPILL + <usize>((height * width + OVERHANG_PIXELS) * channels) * FLOAT);
}

/** Bytes of scratch of packForward and `convolve`: the panels, then the parts' images. */
export function convolveScratch(shape: Shape, parts: i32): f64 {
  const border = shape.kernel - 1;
  const image = imageBytes(shape.height + border, shape.width + border, shape.inputs);
  return scratchBytes(panelsBytes(shape.kernel * shape.kernel, shape.inputs, shape.outputs), image, parts);
}

/** x `[batch, height, width, inputs]` -> y `[batch, rows, columns, outputs]`, with the panels that packForward left in `scratch`. */
export function convolve(x: usize, scratch: usize, y: usize, shape: Shape, part: i32, parts: i32): void {
  convolveMaps(x, scratch, y, shape, false, part, parts);
}

/** Bytes of scratch of packBackward and `inputGradient`, laid out as convolve's. */
export function inputGradientScratch(shape: Shape, parts: i32): f64 {
  const border = shape.stride == 1 ? shape.kernel - 1 : 1;
  const image = imageBytes(shape.rows + border, shape.columns + border, shape.outputs);
  return scratchBytes(panelsBytes(shape.kernel * shape.kernel, shape.outputs, shape.inputs), image, parts);
}

/**
 * The gradient of x: dy `[batch, rows, columns, outputs]` -> dx `[batch, height, width, inputs]`, with the panels that packBackward
 * left in `scratch`. For stride 1 it is a convolution too, from outputs to inputs.
 */
export function inputGradient(
  dy: usize,
  scratch: usize,
  dx: usize,
  shape: Shape,
  part: i32,
  parts: i32,
): void {
  if (shape.stride == 2) inputGradientOfStride2(dy, scratch, dx, shape, part, parts);
  else convolveMaps(dy, scratch, dx, shape, true, part, parts);
}

/** From inputs to outputs, or, `backward` and with stride 1, from outputs to inputs. */
function convolveMaps(
  x: usize,
  panels: usize,
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
  const kernel = shape.kernel;
  const stride = shape.stride;
  const rows = shape.rows;
  const columns = shape.columns;
  const pad = kernel >> 1;
  const pixel = <usize>inputs * FLOAT;
  const row = <usize>(width + 2 * pad) * pixel;
  const yPixel = <usize>outputs * FLOAT;
  const yRow = <usize>columns * yPixel;
  const bytes = imageBytes(height + 2 * pad, width + 2 * pad, inputs);
  const spill = panels + panelsBytes(kernel * kernel, inputs, outputs) + <usize>part * bytes;
  const bordered = spill + SPILL;
  memory.fill(spill, 0, bytes);
  for (let n = shareStart(batch, part, parts), end = shareStart(batch, part + 1, parts); n < end; n++) {
    const image = x + <usize>(n * height * width) * pixel;
    copyInto(bordered + <usize>pad * (row + pixel), row, image, height, <usize>width * pixel);
    const step = <usize>stride;
    correlate(
      bordered, row, step * row, step * pixel, kernel, <usize>kernel * pixel,
      panels, y + <usize>(n * rows) * yRow, yRow, yPixel, rows, columns, outputs, spill,
    ); // prettier-ignore
  }
}

/**
 * dx's rows and columns of even and odd index see different taps, so they are four convolutions; with a filter of one pixel only even
 * rows and columns are seen at all.
 */
function inputGradientOfStride2(
  dy: usize,
  panels: usize,
  dx: usize,
  shape: Shape,
  part: i32,
  parts: i32,
): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const kernel = shape.kernel;
  const rows = shape.rows;
  const columns = shape.columns;
  const pixel = <usize>outputs * FLOAT;
  const row = <usize>(columns + 1) * pixel; // a column of zeros behind, and a row below
  const dxPixel = <usize>inputs * FLOAT;
  const dxRow = <usize>width * dxPixel;
  const bytes = imageBytes(rows + 1, columns + 1, outputs);
  const spill = panels + panelsBytes(kernel * kernel, outputs, inputs) + <usize>part * bytes;
  const bordered = spill + SPILL;
  memory.fill(spill, 0, bytes);
  for (let n = shareStart(batch, part, parts), end = shareStart(batch, part + 1, parts); n < end; n++) {
    copyInto(bordered, row, dy + <usize>(n * rows * columns) * pixel, rows, <usize>columns * pixel);
    const image = dx + <usize>(n * height) * dxRow;
    if (kernel == 1) memory.fill(image, 0, <usize>height * dxRow);
    let filter = panels;
    for (let rowParity = 0; rowParity < 2; rowParity++) {
      for (let columnParity = 0; columnParity < 2; columnParity++) {
        const tapRows = tapsOfParity(kernel, rowParity);
        const tapColumns = tapsOfParity(kernel, columnParity);
        if (tapRows * tapColumns == 0) continue;
        correlate(
          bordered, row, row, pixel, tapRows, <usize>tapColumns * pixel,
          filter, image + <usize>rowParity * dxRow + <usize>columnParity * dxPixel, 2 * dxRow, 2 * dxPixel,
          (height + 1 - rowParity) >> 1, (width + 1 - columnParity) >> 1, inputs, spill,
        ); // prettier-ignore
        filter += panelsBytes(tapRows * tapColumns, outputs, inputs);
      }
    }
  }
}

/** `rows` rows of `bytes` bytes to places `rowBytes` apart. */
function copyInto(to: usize, rowBytes: usize, from: usize, rows: i32, bytes: usize): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, bytes);
    to += rowBytes;
    from += bytes;
  }
}

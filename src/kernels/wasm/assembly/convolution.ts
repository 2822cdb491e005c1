/** Direct convolutions, image by image: a copy with a border of zeros, then `correlate`. */
import { correlate } from './correlate';
import { packBackward, packForward, panelsBytes, tapsOfParity } from './panels';
import { shareStart } from './range';
import { FLOAT } from './vector';

export { packBackward, packForward };

/** Bytes before the image copy in each part's scratch: room for `correlate` to spill a panel's vectors. */
const SPILL: usize = 64;

/**
 * x `[batch, height, width, inputs]` -> y `[batch, ceil(height / stride), ceil(width / stride), outputs]`; panels by
 * packForward. Each part has `scratchBytes` of scratch, see convolutionScratch in convolution.ts of the host.
 */
export function convolve(
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
  kernel: i32,
  stride: i32,
  part: i32,
  parts: i32,
): void {
  const pad = kernel >> 1;
  const rows = (height + stride - 1) / stride;
  const columns = (width + stride - 1) / stride;
  const pixel = <usize>inputs * FLOAT;
  const row = <usize>(width + 2 * pad) * pixel;
  const yPixel = <usize>outputs * FLOAT;
  const yRow = <usize>columns * yPixel;
  const spill = scratch + <usize>part * scratchBytes;
  const bordered = spill + SPILL;
  memory.fill(spill, 0, scratchBytes);
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
 * The gradient of a stride-2 convolution's x: dy `[batch, ceil(height / 2), ceil(width / 2), outputs]` -> dx `[batch, height,
 * width, inputs]`; panels by packBackward. dx's rows and columns of even and odd index see different taps, so they are
 * four convolutions; with a filter of one pixel only even rows and columns are seen at all. (Stride 1 is `convolve`.)
 */
export function inputGradientOfStride2(
  dy: usize,
  panels: usize,
  dx: usize,
  scratch: usize,
  scratchBytes: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  kernel: i32,
  part: i32,
  parts: i32,
): void {
  const rows = (height + 1) >> 1;
  const columns = (width + 1) >> 1;
  const pixel = <usize>outputs * FLOAT;
  const row = <usize>(columns + 1) * pixel; // a column of zeros behind, and a row below
  const dxPixel = <usize>inputs * FLOAT;
  const dxRow = <usize>width * dxPixel;
  const spill = scratch + <usize>part * scratchBytes;
  const bordered = spill + SPILL;
  memory.fill(spill, 0, scratchBytes);
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

/**
 * Filters laid out for `correlate`: for every 8 output channels a panel, `[window rows, window columns, in, 8]`, filled up
 * with zeros.
 */
import { Shape } from './shape';
import { FLOAT, upTo8 } from './vector';

/** filter `[k, k, in, out]` -> the panels of the forward convolution. */
export function packForward(filter: usize, panels: usize, shape: Shape): void {
  const kernel = shape.kernel;
  pack(filter, panels, kernel, shape.inputs, shape.outputs, false, 0, 1, kernel, 0, 1, kernel);
}

/**
 * filter `[k, k, in, out]` -> the panels of the input gradient, which goes from `out` to `in` channels. Stride 1: one filter,
 * turned by half a turn. Stride 2: a filter for each parity of input rows and columns, see inputGradient.
 */
export function packBackward(filter: usize, panels: usize, shape: Shape): void {
  const kernel = shape.kernel;
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  if (shape.stride == 1) {
    const last = kernel - 1;
    pack(filter, panels, kernel, inputs, outputs, true, last, -1, kernel, last, -1, kernel);
    return;
  }
  for (let rowParity = 0; rowParity < 2; rowParity++) {
    for (let columnParity = 0; columnParity < 2; columnParity++) {
      const rows = tapsOfParity(kernel, rowParity);
      const columns = tapsOfParity(kernel, columnParity);
      const firstRow = firstTapOfParity(kernel, rowParity);
      const firstColumn = firstTapOfParity(kernel, columnParity);
      pack(filter, panels, kernel, inputs, outputs, true, firstRow, -2, rows, firstColumn, -2, columns);
      panels += panelsBytes(rows * columns, outputs, inputs);
    }
  }
}

/**
 * A stride-2 convolution's output i reads input 2i + tap - pad: through one tap if the input's index is even, through
 * the k - 1 others if it is odd.
 */
export function tapsOfParity(kernel: i32, parity: i32): i32 {
  return parity ? kernel - 1 : 1;
}

/** The tap through which output i reads input 2i + parity; output i + 1 reads it two taps before. */
function firstTapOfParity(kernel: i32, parity: i32): i32 {
  return (kernel >> 1) + parity;
}

/** Bytes of a filter of so many taps in panels. */
export function panelsBytes(taps: i32, inputs: i32, outputs: i32): usize {
  return <usize>(taps * inputs * upTo8(outputs)) * FLOAT;
}

/** Rows firstRow, firstRow + rowStep, ... and columns likewise of a filter; `transposed` exchanges its channels. */
export function pack(
  filter: usize,
  panels: usize,
  kernel: i32,
  inputs: i32,
  outputs: i32,
  transposed: bool,
  firstRow: i32,
  rowStep: i32,
  rows: i32,
  firstColumn: i32,
  columnStep: i32,
  columns: i32,
): void {
  const from = transposed ? outputs : inputs;
  const to = transposed ? inputs : outputs;
  const fromStep = transposed ? 1 : outputs;
  const toStep = transposed ? outputs : 1;
  for (let panel = 0; panel < to; panel += 8) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const tap = (firstRow + row * rowStep) * kernel + firstColumn + column * columnStep;
        const weights = filter + <usize>(tap * inputs * outputs) * FLOAT;
        for (let c = 0; c < from; c++) {
          for (let lane = panel; lane < panel + 8; lane++) {
            const weight = weights + <usize>(c * fromStep + lane * toStep) * FLOAT;
            store<f32>(panels, lane < to ? load<f32>(weight) : 0);
            panels += FLOAT;
          }
        }
      }
    }
  }
}

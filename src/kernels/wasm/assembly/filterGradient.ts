/** The filter gradient: for each tap, the sum over pixels of x (moved by the tap) times dy. */
import { scratchBytes, shareStart } from './range';
import { Shape } from './shape';
import { FLOAT, VECTOR, accumulate, multiplyAdd, upTo4, upTo8, upToLine } from './vector';

const STRIP_BYTES = 1 << 15;

/** Bytes of a part's sums, `[k, k, inputs up to 4, outputs up to 8]`. */
function sumsBytes(shape: Shape): usize {
  const taps = shape.kernel * shape.kernel;
  return upToLine(<usize>(taps * upTo4(shape.inputs) * upTo8(shape.outputs)) * FLOAT);
}

/** Bytes of a part's widened images; none where channels are multiples of 4 and 8 as they are. */
function wideBytes(shape: Shape): usize {
  const inputs = upTo4(shape.inputs);
  const outputs = upTo8(shape.outputs);
  if (inputs == shape.inputs && outputs == shape.outputs) return 0;
  const numbers = shape.height * shape.width * inputs + shape.rows * shape.columns * outputs;
  return upToLine(<usize>numbers * FLOAT);
}

/** Bytes of scratch of `filterGradient` and sumPartials: the parts' sums, then their widened images. */
export function filterGradientScratch(shape: Shape, parts: i32): f64 {
  return scratchBytes(0, sumsBytes(shape) + wideBytes(shape), parts);
}

/**
 * x `[batch, height, width, inputs]`, dy `[batch, rows, columns, outputs]`. Each part leaves the sum over its images in its own sums of
 * `scratch`, for sumPartials; images whose channels are not multiples of 4 and 8 are first widened by zeros.
 */
export function filterGradient(
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
  const kernel = shape.kernel;
  const stride = shape.stride;
  const rows = shape.rows;
  const columns = shape.columns;
  const wideInputs = upTo4(inputs);
  const wideOutputs = upTo8(outputs);
  const partialBytes = sumsBytes(shape);
  const sums = scratch + <usize>part * partialBytes;
  const wideX = scratch + <usize>parts * partialBytes + <usize>part * wideBytes(shape);
  const wideDy = wideX + <usize>(height * width * wideInputs) * FLOAT;
  // Every pair of channels reads all pixels once a tap: a strip of rows stays in the first cache meanwhile.
  const stripRows = max(
    STRIP_BYTES / (columns * (stride * stride * wideInputs + wideOutputs) * <i32>FLOAT),
    1,
  );
  memory.fill(sums, 0, partialBytes);
  for (let n = shareStart(batch, part, parts), end = shareStart(batch, part + 1, parts); n < end; n++) {
    let image = x + <usize>(n * height * width * inputs) * FLOAT;
    let gradient = dy + <usize>(n * rows * columns * outputs) * FLOAT;
    if (wideInputs != inputs) image = widen(image, wideX, height * width, inputs, wideInputs);
    if (wideOutputs != outputs) gradient = widen(gradient, wideDy, rows * columns, outputs, wideOutputs);
    for (let row = 0; row < rows; row += stripRows) {
      const endRow = min(row + stripRows, rows);
      addStrip(
        image,
        gradient,
        sums,
        height,
        width,
        wideInputs,
        row,
        endRow,
        columns,
        wideOutputs,
        kernel,
        stride,
      );
    }
  }
}

/** Adds the filter gradient of dy's rows from `firstRow` to `endRow` in one image to sums `[k, k, inputs, outputs]`; inputs a multiple of 4, outputs of 8. */
function addStrip(
  x: usize,
  dy: usize,
  sums: usize,
  height: i32,
  width: i32,
  inputs: i32,
  firstRow: i32,
  endRow: i32,
  columns: i32,
  outputs: i32,
  kernel: i32,
  stride: i32,
): void {
  const pad = kernel >> 1;
  for (let tapRow = 0; tapRow < kernel; tapRow++) {
    const top = max(firstRow, firstInside(tapRow - pad));
    const bottom = endInside(height, tapRow - pad, endRow, stride);
    for (let tapColumn = 0; tapColumn < kernel; tapColumn++) {
      const left = firstInside(tapColumn - pad);
      const right = endInside(width, tapColumn - pad, columns, stride);
      const corner = ((stride * top + tapRow - pad) * width + stride * left + tapColumn - pad) * inputs;
      const tapSums = sums + <usize>((tapRow * kernel + tapColumn) * inputs * outputs) * FLOAT;
      for (let c = 0; c < inputs; c += 4) {
        for (let o = 0; o < outputs; o += 8) {
          addOuterProducts(
            x + <usize>(corner + c) * FLOAT,
            <usize>(stride * width * inputs) * FLOAT,
            <usize>(stride * inputs) * FLOAT,
            dy + <usize>((top * columns + left) * outputs + o) * FLOAT,
            <usize>(columns * outputs) * FLOAT,
            <usize>outputs * FLOAT,
            bottom - top,
            right - left,
            tapSums + <usize>(c * outputs + o) * FLOAT,
          );
        }
      }
    }
  }
}

/** sums[4, 8] += sum over rows and columns of x[4] times dy[8]; sums' rows are as far apart as dy's pixels. */
export function addOuterProducts(
  x: usize,
  xRow: usize,
  xPixel: usize,
  dy: usize,
  dyRow: usize,
  dyPixel: usize,
  rows: i32,
  columns: i32,
  sums: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (let row = 0; row < rows; row++) {
    let at = x + <usize>row * xRow;
    let g = dy + <usize>row * dyRow;
    for (const end = g + <usize>columns * dyPixel; g < end; g += dyPixel) {
      const g0 = v128.load(g);
      const g1 = v128.load(g, VECTOR);
      let value = v128.load32_splat(at);
      a0 = multiplyAdd(value, g0, a0);
      a1 = multiplyAdd(value, g1, a1);
      value = v128.load32_splat(at, FLOAT);
      b0 = multiplyAdd(value, g0, b0);
      b1 = multiplyAdd(value, g1, b1);
      value = v128.load32_splat(at, 2 * FLOAT);
      c0 = multiplyAdd(value, g0, c0);
      c1 = multiplyAdd(value, g1, c1);
      value = v128.load32_splat(at, 3 * FLOAT);
      d0 = multiplyAdd(value, g0, d0);
      d1 = multiplyAdd(value, g1, d1);
      at += xPixel;
    }
  }
  accumulate(sums, a0);
  accumulate(sums + VECTOR, a1);
  accumulate((sums += dyPixel), b0);
  accumulate(sums + VECTOR, b1);
  accumulate((sums += dyPixel), c0);
  accumulate(sums + VECTOR, c1);
  accumulate((sums += dyPixel), d0);
  accumulate(sums + VECTOR, d1);
}

/** The first output whose window reaches the image with a tap `shift` pixels from its centre. */
function firstInside(shift: i32): i32 {
  return shift < 0 ? 1 : 0; // a shift of -1 at most: the second output is inside with either stride
}

/** The end of the outputs whose window does: stride * i + shift < size. */
function endInside(size: i32, shift: i32, outputs: i32, stride: i32): i32 {
  return min(outputs, (size - shift + stride - 1) / stride);
}

/** Copies pixels into ones of more channels, the new ones zero. */
function widen(from: usize, to: usize, pixels: i32, channels: i32, wideChannels: i32): usize {
  memory.fill(to, 0, <usize>(pixels * wideChannels) * FLOAT);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const source = from + <usize>(pixel * channels) * FLOAT;
    memory.copy(to + <usize>(pixel * wideChannels) * FLOAT, source, <usize>channels * FLOAT);
  }
  return to;
}

/** Adds the parts' sums in their order and cuts them to `[k, k, inputs, outputs]`. */
export function sumPartials(scratch: usize, filter: usize, shape: Shape, parts: i32): void {
  const taps = shape.kernel * shape.kernel;
  const inputs = shape.inputs;
  const outputs = shape.outputs;
  const partialBytes = sumsBytes(shape);
  const wideInputs = upTo4(inputs);
  const wideOutputs = upTo8(outputs);
  for (let tap = 0; tap < taps; tap++) {
    for (let c = 0; c < inputs; c++) {
      const sums = scratch + <usize>((tap * wideInputs + c) * wideOutputs) * FLOAT;
      for (let o = 0; o < outputs; o++) {
        let sum: f32 = 0;
        for (let part = 0; part < parts; part++) {
          sum += load<f32>(sums + <usize>part * partialBytes + <usize>o * FLOAT);
        }
        store<f32>(filter, sum);
        filter += FLOAT;
      }
    }
  }
}

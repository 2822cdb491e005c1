/** Option A's shortcut and global average pooling, both ways. */
import { shareStart } from './range';
import { Shape } from './shape';
import { FLOAT } from './vector';

/**
 * x `[batch, height, width, inputs]` -> y `[batch, rows, columns, outputs]`: every stride-th pixel, its channels behind `front` zeros.
 */
export function padShortcut(x: usize, y: usize, shape: Shape, part: i32, parts: i32): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const channels = shape.inputs;
  const outputs = shape.outputs;
  const stride = shape.stride;
  const rows = shape.rows;
  const columns = shape.columns;
  const front = <usize>((outputs - channels) / 2) * FLOAT;
  const bytes = <usize>channels * FLOAT;
  const start = shareStart(batch, part, parts);
  const end = shareStart(batch, part + 1, parts);
  let to = y + <usize>(start * rows * columns * outputs) * FLOAT;
  memory.fill(to, 0, <usize>((end - start) * rows * columns * outputs) * FLOAT);
  for (let n = start; n < end; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const from = x + <usize>((n * height + row * stride) * width + column * stride) * bytes;
        memory.copy(to + front, from, bytes);
        to += <usize>outputs * FLOAT;
      }
    }
  }
}

/** The gradient of padShortcut's x, of its shape. */
export function padShortcutGradient(dy: usize, dx: usize, shape: Shape, part: i32, parts: i32): void {
  const batch = shape.batch;
  const height = shape.height;
  const width = shape.width;
  const channels = shape.inputs;
  const outputs = shape.outputs;
  const stride = shape.stride;
  const rows = shape.rows;
  const columns = shape.columns;
  const front = <usize>((outputs - channels) / 2) * FLOAT;
  const bytes = <usize>channels * FLOAT;
  const start = shareStart(batch, part, parts);
  const end = shareStart(batch, part + 1, parts);
  memory.fill(
    dx + <usize>(start * height * width) * bytes,
    0,
    <usize>((end - start) * height * width) * bytes,
  );
  let from = dy + <usize>(start * rows * columns * outputs) * FLOAT + front;
  for (let n = start; n < end; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const to = dx + <usize>((n * height + row * stride) * width + column * stride) * bytes;
        memory.copy(to, from, bytes);
        from += <usize>outputs * FLOAT;
      }
    }
  }
}

/** x `[batch, pixels, channels]` -> y `[batch, channels]`, the mean over pixels. */
export function averagePool(
  x: usize,
  y: usize,
  batch: i32,
  pixels: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const row = <usize>channels * FLOAT;
  for (let n = shareStart(batch, part, parts), end = shareStart(batch, part + 1, parts); n < end; n++) {
    const image = x + <usize>(n * pixels) * row;
    for (let c: usize = 0; c < row; c += FLOAT) {
      let sum: f32 = 0;
      for (let pixel = 0; pixel < pixels; pixel++) sum += load<f32>(image + <usize>pixel * row + c);
      store<f32>(y + <usize>n * row + c, sum / <f32>pixels);
    }
  }
}

/** dy `[batch, channels]` -> dx `[batch, pixels, channels]`. */
export function averagePoolGradient(
  dy: usize,
  dx: usize,
  batch: i32,
  pixels: i32,
  channels: i32,
  part: i32,
  parts: i32,
): void {
  const row = <usize>channels * FLOAT;
  for (let n = shareStart(batch, part, parts), end = shareStart(batch, part + 1, parts); n < end; n++) {
    const image = dx + <usize>(n * pixels) * row;
    for (let c: usize = 0; c < row; c += FLOAT) {
      store<f32>(image + c, load<f32>(dy + <usize>n * row + c) / <f32>pixels);
    }
    for (let pixel = 1; pixel < pixels; pixel++) memory.copy(image + <usize>pixel * row, image, row);
  }
}

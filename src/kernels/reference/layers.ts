/** Option A's shortcut, global average pooling and the dense layer, with their gradients, in float64. */
import type { DenseGradients, Shape4, Stride } from '../ops.ts';
import { type Float64Tensor, expectShape, over, shape2, shape4, zeros } from './tensor.ts';

/** x `[N, H, W, C]` -> `x[:, ::stride, ::stride, :]` with `channels`, half of the new ones (rounded down) in front. */
export function padShortcut(x: Float64Tensor, stride: Stride, channels: number): Float64Tensor {
  const y = zeros(shortcutShape(shape4(x), stride, channels));
  forEachKept(shape4(x), stride, channels, (input, output) => (y.data[output] = x.data[input]!));
  return y;
}

export function padShortcutGradient(dy: Float64Tensor, stride: Stride, inputShape: Shape4): Float64Tensor {
  const channels = shape4(dy)[3];
  expectShape(dy, shortcutShape(inputShape, stride, channels));
  const dx = zeros(inputShape);
  forEachKept(inputShape, stride, channels, (input, output) => (dx.data[input] = dy.data[output]!));
  return dx;
}

function shortcutShape([batch, height, width]: Shape4, stride: Stride, channels: number): Shape4 {
  return [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels];
}

/** Visits every element of x that the shortcut keeps, and where it goes. */
function forEachKept(
  inputShape: Shape4,
  stride: Stride,
  channels: number,
  visit: (input: number, output: number) => void,
): void {
  const [batch, height, width, inChannels] = inputShape;
  const [, outHeight, outWidth] = shortcutShape(inputShape, stride, channels);
  const front = Math.floor((channels - inChannels) / 2);
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let c = 0; c < inChannels; c++) {
          visit(
            ((n * height + oy * stride) * width + ox * stride) * inChannels + c,
            ((n * outHeight + oy) * outWidth + ox) * channels + front + c,
          );
        }
      }
    }
  }
}

/** `[N, H, W, C]` -> `[N, C]` */
export function globalAveragePool(x: Float64Tensor): Float64Tensor {
  const [batch, height, width, channels] = shape4(x);
  const y = zeros([batch, channels]);
  x.data.forEach((value, i) => {
    const n = Math.floor(i / (height * width * channels));
    y.data[n * channels + (i % channels)]! += value / (height * width);
  });
  return y;
}

export function globalAveragePoolGradient(dy: Float64Tensor, inputShape: Shape4): Float64Tensor {
  const [batch, height, width, channels] = inputShape;
  expectShape(dy, [batch, channels]);
  const dx = zeros(inputShape);
  dx.data.forEach((_, i) => {
    const n = Math.floor(i / (height * width * channels));
    dx.data[i] = dy.data[n * channels + (i % channels)]! / (height * width);
  });
  return dx;
}

/** x `[N, in]`, matrix `[in, out]`, bias `[out]` -> `[N, out]` */
export function dense(x: Float64Tensor, matrix: Float64Tensor, bias: Float64Tensor): Float64Tensor {
  expectShape(bias, [shape2(matrix)[1]]);
  const product = multiplyMatrices(x, matrix);
  return over(
    product.data.map((value, i) => value + bias.data[i % bias.data.length]!),
    product.shape,
  );
}

export function denseGradient(
  dy: Float64Tensor,
  x: Float64Tensor,
  matrix: Float64Tensor,
): DenseGradients<Float64Tensor> {
  const dBias = zeros([shape2(dy)[1]]);
  dy.data.forEach((value, i) => (dBias.data[i % dBias.data.length]! += value));
  return {
    dx: multiplyMatrices(dy, transpose(matrix)),
    dMatrix: multiplyMatrices(transpose(x), dy),
    dBias,
  };
}

function multiplyMatrices(a: Float64Tensor, b: Float64Tensor): Float64Tensor {
  const [rows, inner] = shape2(a);
  const columns = shape2(b)[1];
  expectShape(b, [inner, columns]);
  const product = zeros([rows, columns]);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < inner; k++) {
      for (let c = 0; c < columns; c++) {
        product.data[r * columns + c]! += a.data[r * inner + k]! * b.data[k * columns + c]!;
      }
    }
  }
  return product;
}

function transpose(matrix: Float64Tensor): Float64Tensor {
  const [rows, columns] = shape2(matrix);
  const result = zeros([columns, rows]);
  matrix.data.forEach((value, i) => {
    result.data[(i % columns) * rows + Math.floor(i / columns)] = value;
  });
  return result;
}

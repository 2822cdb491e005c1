/**
 * Convolution and its two gradients in float64. All three are one sum over the same triples of an input pixel, an
 * output pixel and the filter tap that joins them; they differ in which of the three is summed into.
 */
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type Float64Tensor, expectShape, shape4, zeros } from './tensor.ts';

/** x `[N, H, W, in]`, filter `[k, k, in, out]` -> `[N, ceil(H/stride), ceil(W/stride), out]`. */
export function conv2d(x: Float64Tensor, filter: Float64Tensor, stride: Stride): Float64Tensor {
  const [, , inChannels, outChannels] = shape4(filter);
  const y = zeros(outputShape(shape4(x), shape4(filter), stride));
  forEachTap(shape4(x), shape4(filter), stride, (input, output, tap) => {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        y.data[output + o]! += x.data[input + i]! * filter.data[tap + i * outChannels + o]!;
      }
    }
  });
  return y;
}

/** The gradient of conv2d's x, of `inputShape`. */
export function conv2dInputGradient(
  dy: Float64Tensor,
  filter: Float64Tensor,
  stride: Stride,
  inputShape: Shape4,
): Float64Tensor {
  const [, , inChannels, outChannels] = shape4(filter);
  expectShape(dy, outputShape(inputShape, shape4(filter), stride));
  const dx = zeros(inputShape);
  forEachTap(inputShape, shape4(filter), stride, (input, output, tap) => {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        dx.data[input + i]! += dy.data[output + o]! * filter.data[tap + i * outChannels + o]!;
      }
    }
  });
  return dx;
}

/** The gradient of conv2d's filter, of `filterShape`. */
export function conv2dFilterGradient(
  x: Float64Tensor,
  dy: Float64Tensor,
  stride: Stride,
  filterShape: FilterShape,
): Float64Tensor {
  const [, , inChannels, outChannels] = filterShape;
  expectShape(dy, outputShape(shape4(x), filterShape, stride));
  const dFilter = zeros(filterShape);
  forEachTap(shape4(x), filterShape, stride, (input, output, tap) => {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        dFilter.data[tap + i * outChannels + o]! += x.data[input + i]! * dy.data[output + o]!;
      }
    }
  });
  return dFilter;
}

function outputShape(input: Shape4, filter: FilterShape, stride: Stride): Shape4 {
  const [batch, height, width, channels] = input;
  const [kernel, kernelWidth, inChannels, outChannels] = filter;
  if (kernel !== kernelWidth || inChannels !== channels) {
    throw new RangeError(`a filter [${filter.join(', ')}] does not fit images [${input.join(', ')}]`);
  }
  return [batch, Math.ceil(height / stride), Math.ceil(width / stride), outChannels];
}

/** Visits every triple; `visit` gets where each of the three begins in its data. */
function forEachTap(
  input: Shape4,
  filter: FilterShape,
  stride: Stride,
  visit: (input: number, output: number, tap: number) => void,
): void {
  const [batch, height, width, inChannels] = input;
  const [, outHeight, outWidth, outChannels] = outputShape(input, filter, stride);
  const kernel = filter[0];
  const pad = (kernel - 1) / 2;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let ky = 0; ky < kernel; ky++) {
          for (let kx = 0; kx < kernel; kx++) {
            const iy = oy * stride + ky - pad;
            const ix = ox * stride + kx - pad;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            visit(
              ((n * height + iy) * width + ix) * inChannels,
              ((n * outHeight + oy) * outWidth + ox) * outChannels,
              (ky * kernel + kx) * inChannels * outChannels,
            );
          }
        }
      }
    }
  }
}

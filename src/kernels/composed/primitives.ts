/**
 * The four operations for which the best composition of stock kernels depends on the backend.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { dilate } from './dilate.ts';

export interface Primitives {
  /** `[N, H, W, C]` -> `[C]`, the mean over N, H and W. */
  channelMean(x: tf.Tensor4D): tf.Tensor1D;
  /** x * scale + shift, both `[C]`. */
  scaleShift(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D): tf.Tensor4D;
  /** See TrainingOps. All may leave temporaries to the caller's tidy. */
  inputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, stride: Stride, inputShape: Shape4): tf.Tensor4D;
  filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, stride: Stride, filterShape: FilterShape): tf.Tensor4D;
}

/** Stock kernels throughout: WebGPU, WebGL, CPU. */
export const stockPrimitives: Primitives = {
  channelMean: (x) => tf.mean(x, [0, 1, 2]),
  scaleShift: (x, scale, shift) => tf.add(tf.mul(x, scale), shift),
  inputGradient: (dy, filter, stride, inputShape) =>
    tf.engine().runKernel<tf.Tensor4D>(
      tf.Conv2DBackpropInput,
      { dy, filter },
      {
        strides: stride,
        pad: (filter.shape[0] - 1) / 2,
        dataFormat: 'NHWC',
        dimRoundingMode: 'floor',
        inputShape: [...inputShape],
      },
    ),
  filterGradient: (x, dy, stride, filterShape) =>
    tf.engine().runKernel<tf.Tensor4D>(
      tf.Conv2DBackpropFilter,
      { x, dy },
      {
        strides: stride,
        pad: (filterShape[0] - 1) / 2,
        dataFormat: 'NHWC',
        dimRoundingMode: 'floor',
        filterShape: [...filterShape],
      },
    ),
};

/**
 * WASM: XNNPACK's forward convolutions and pooling run at tens of GFLOP/s, while the stock input gradient is a scalar
 * loop and there is no filter gradient at all; `mean` over several axes and products with `[C]` are slow as well
 * (shared/kernels.md). So everything is said in convolutions and pools.
 */
export const wasmPrimitives: Primitives = {
  channelMean(x) {
    const [, height, width] = x.shape;
    return tf.mean(tf.squeeze(tf.avgPool(x, [height, width], 1, 'valid'), [1, 2]), 0);
  },

  scaleShift(x, scale, shift) {
    const filter = tf.reshape(scale, [1, 1, scale.size, 1]) as tf.Tensor4D;
    return tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid', bias: shift });
  },

  /** The forward convolution of dy (zeros between its pixels for stride 2) with the turned filter. */
  inputGradient(dy, filter, stride, [, height, width]) {
    const kernel = filter.shape[0];
    const pad = (kernel - 1) / 2;
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D;
    const spread = stride === 1 ? dy : dilate(dy);
    // Rows and columns of x that no window reached stand behind the last one: they need zeros there.
    const below = height + kernel - 1 - pad - spread.shape[1];
    const right = width + kernel - 1 - pad - spread.shape[2];
    const padded = tf.pad(spread, [
      [0, 0],
      [pad, below],
      [pad, right],
      [0, 0],
    ]) as tf.Tensor4D;
    return tf.conv2d(padded, turned, 1, 'valid');
  },

  /** x's channels as the batch, its batch as the channels, and dy as the filter, dilated by the stride. */
  filterGradient(x, dy, stride, [kernel]) {
    const pad = (kernel - 1) / 2;
    const [, height, width] = x.shape;
    const [, outHeight, outWidth] = dy.shape;
    const extent = (size: number, out: number) => kernel + stride * (out - 1) - size - pad;
    const image = tf.transpose(x, [3, 1, 2, 0]) as tf.Tensor4D;
    const below = extent(height, outHeight);
    const right = extent(width, outWidth);
    const padded = tf.pad(image, [
      [0, 0],
      [pad, Math.max(0, below)],
      [pad, Math.max(0, right)],
      [0, 0],
    ]) as tf.Tensor4D;
    const windows = tf.conv2d(
      padded,
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      1,
      'valid',
      'NHWC',
      stride,
    );
    const wanted =
      below < 0 || right < 0 ? tf.slice(windows, [0, 0, 0, 0], [-1, kernel, kernel, -1]) : windows;
    return tf.transpose(wanted, [1, 2, 0, 3]) as tf.Tensor4D;
  },
};

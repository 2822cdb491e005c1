/** Batch norm (Ioffe and Szegedy 2015) with its residual addition and ReLU, forward and backward, in float64. */
import {
  BATCH_NORM_EPSILON,
  type BatchNormGradients,
  type BatchNormInferenceGradients,
  type BatchNormOutput,
} from '../ops.ts';
import { type Float64Tensor, expectShape, over, shape4, zeros, zip } from './tensor.ts';

/** See TrainingOps.batchNorm. */
export function batchNorm(
  x: Float64Tensor,
  affine: Float64Tensor,
  residual: Float64Tensor | null,
  relu: boolean,
): BatchNormOutput<Float64Tensor> {
  const moments = momentsOf(x);
  return { y: batchNormInference(x, affine, moments, residual, relu), moments };
}

/** See TrainingOps.batchNormInference. */
export function batchNormInference(
  x: Float64Tensor,
  affine: Float64Tensor,
  moments: Float64Tensor,
  residual: Float64Tensor | null,
  relu: boolean,
): Float64Tensor {
  const channels = shape4(x)[3];
  expectShape(affine, [2, channels]);
  const xHat = normalise(x, moments);
  const scaled = over(
    xHat.data.map((value, i) => {
      const c = i % channels;
      return affine.data[c]! * value + affine.data[channels + c]!;
    }),
    x.shape,
  );
  const y = residual ? zip(scaled, residual, (value, shortcut) => value + shortcut) : scaled;
  return relu ? rectify(y) : y;
}

/**
 * See TrainingOps.batchNormGradient. With g = dy where the ReLU let y through, and xHat the normalised x:
 * dShift = sum(g), dScale = sum(g * xHat), dx = scale / deviation * (g - mean(g) - xHat * mean(g * xHat)).
 */
export function batchNormGradient(
  dy: Float64Tensor,
  y: Float64Tensor,
  x: Float64Tensor,
  affine: Float64Tensor,
  moments: Float64Tensor,
  hasResidual: boolean,
  relu: boolean,
): BatchNormGradients<Float64Tensor> {
  const channels = shape4(x)[3];
  const count = x.data.length / channels;
  expectShape(dy, x.shape);
  expectShape(affine, [2, channels]);
  const g = beforeRelu(dy, y, relu);
  const xHat = normalise(x, moments);

  const dAffine = zeros([2, channels]);
  g.data.forEach((value, i) => {
    const c = i % channels;
    dAffine.data[c]! += value * xHat.data[i]!;
    dAffine.data[channels + c]! += value;
  });
  const dx = zeros(x.shape);
  g.data.forEach((value, i) => {
    const c = i % channels;
    const centred = value - dAffine.data[channels + c]! / count - (xHat.data[i]! * dAffine.data[c]!) / count;
    dx.data[i] = (affine.data[c]! / deviation(moments, c)) * centred;
  });
  return { dx, dAffine, dResidual: hasResidual ? g : null };
}

/** See TrainingOps.batchNormInferenceGradient. */
export function batchNormInferenceGradient(
  dy: Float64Tensor,
  y: Float64Tensor,
  affine: Float64Tensor,
  moments: Float64Tensor,
  hasResidual: boolean,
  relu: boolean,
): BatchNormInferenceGradients<Float64Tensor> {
  const channels = shape4(dy)[3];
  expectShape(affine, [2, channels]);
  expectShape(moments, [2, channels]);
  const g = beforeRelu(dy, y, relu);
  const dx = over(
    g.data.map((value, i) => (affine.data[i % channels]! / deviation(moments, i % channels)) * value),
    g.shape,
  );
  return { dx, dResidual: hasResidual ? g : null };
}

/** The gradient before the ReLU that gave y; a copy of dy without one. */
function beforeRelu(dy: Float64Tensor, y: Float64Tensor, relu: boolean): Float64Tensor {
  if (!relu) return over(dy.data.slice(), dy.shape);
  return zip(dy, y, (value, output) => (output > 0 ? value : 0));
}

/** `[2, C]`: mean and biased variance over N, H and W. */
function momentsOf(x: Float64Tensor): Float64Tensor {
  const channels = shape4(x)[3];
  const count = x.data.length / channels;
  const moments = zeros([2, channels]);
  x.data.forEach((value, i) => (moments.data[i % channels]! += value / count));
  x.data.forEach((value, i) => {
    const c = i % channels;
    moments.data[channels + c]! += (value - moments.data[c]!) ** 2 / count;
  });
  return moments;
}

/** ReLU, written so that NaN stays NaN. */
function rectify(y: Float64Tensor): Float64Tensor {
  return over(
    y.data.map((value) => (value < 0 ? 0 : value)),
    y.shape,
  );
}

function normalise(x: Float64Tensor, moments: Float64Tensor): Float64Tensor {
  const channels = shape4(x)[3];
  expectShape(moments, [2, channels]);
  return over(
    x.data.map((value, i) => (value - moments.data[i % channels]!) / deviation(moments, i % channels)),
    x.shape,
  );
}

function deviation(moments: Float64Tensor, channel: number): number {
  const variance = moments.data[moments.shape[1]! + channel]!;
  return Math.sqrt(variance + BATCH_NORM_EPSILON);
}

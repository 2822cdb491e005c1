/** Batch norm with its fused residual addition and ReLU, forward and backward, from stock tf.js operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormGradients, BatchNormInferenceGradients, BatchNormOutput } from '../ops.ts';
import { BATCH_NORM_EPSILON } from '../ops.ts';
import type { Primitives } from './primitives.ts';

export function batchNorm(
  p: Primitives,
  x: tf.Tensor4D,
  affine: tf.Tensor2D,
  residual: tf.Tensor4D | null,
  relu: boolean,
): BatchNormOutput<tf.Tensor> {
  const [y, moments] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
    const mean = p.channelMean(x);
    // Two passes: E[x^2] - E[x]^2 in float32 would lose the variance of a map whose mean is large.
    const deviations = centred(p, x, mean);
    const variance = p.channelMean(tf.square(deviations));
    const moments = tf.stack([mean, variance]) as tf.Tensor2D;
    return [normalised(p, deviations, affine, variance, residual, relu), moments];
  });
  return { y, moments };
}

export function batchNormInference(
  p: Primitives,
  x: tf.Tensor4D,
  affine: tf.Tensor2D,
  moments: tf.Tensor2D,
  residual: tf.Tensor4D | null,
  relu: boolean,
): tf.Tensor {
  return tf.tidy(() => {
    const [mean, variance] = rows(moments);
    return normalised(p, centred(p, x, mean), affine, variance, residual, relu);
  });
}

/**
 * With g = dy where y > 0 and h = (x - mean) / deviation: the shift's gradient is sum(g), the scale's is sum(g * h), and
 * dx = scale / deviation * (g - mean(g) - h * mean(g * h)) (Ioffe and Szegedy 2015, section 3).
 */
export function batchNormGradient(
  p: Primitives,
  dy: tf.Tensor4D,
  y: tf.Tensor4D,
  x: tf.Tensor4D,
  affine: tf.Tensor2D,
  moments: tf.Tensor2D,
  hasResidual: boolean,
  relu: boolean,
): BatchNormGradients<tf.Tensor> {
  const [dx, dAffine, dResidual = null] = tf.tidy((): [tf.Tensor, tf.Tensor, ...tf.Tensor[]] => {
    const [scale] = rows(affine);
    const [mean, variance] = rows(moments);
    const count = x.size / mean.size;
    const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)) as tf.Tensor1D;
    const g = relu ? tf.mul<tf.Tensor4D>(dy, tf.step(y)) : tf.clone(dy);
    const h = p.scaleShift(centred(p, x, mean), inverse, tf.zerosLike(mean));
    const meanG = p.channelMean(g);
    const meanGH = p.channelMean(tf.mul<tf.Tensor4D>(g, h));
    const factor = tf.mul<tf.Tensor1D>(scale, inverse);
    const fromG = p.scaleShift(g, factor, tf.neg(tf.mul(factor, meanG)));
    const fromH = p.scaleShift(h, tf.neg(tf.mul(factor, meanGH)), tf.zerosLike(mean));
    const dAffine = tf.mul(tf.stack([meanGH, meanG]), count);
    return [tf.add(fromG, fromH), dAffine, ...(hasResidual ? [g] : [])];
  });
  return { dx, dAffine, dResidual };
}

/** See TrainingOps.batchNormInferenceGradient. */
export function batchNormInferenceGradient(
  p: Primitives,
  dy: tf.Tensor4D,
  y: tf.Tensor4D,
  affine: tf.Tensor2D,
  moments: tf.Tensor2D,
  hasResidual: boolean,
  relu: boolean,
): BatchNormInferenceGradients<tf.Tensor> {
  const [dx, dResidual = null] = tf.tidy((): [tf.Tensor, ...tf.Tensor[]] => {
    const [scale] = rows(affine);
    const [, variance] = rows(moments);
    // A choice, not a product: where ReLU is closed, a dy that is not finite does not matter.
    const g = relu ? tf.where<tf.Tensor4D>(tf.greater(y, 0), dy, tf.zerosLike(dy)) : tf.clone(dy);
    const factor = tf.mul<tf.Tensor1D>(scale, tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
    return [p.scaleShift(g, factor, tf.zerosLike(factor)), ...(hasResidual ? [g] : [])];
  });
  return { dx, dResidual };
}

function normalised(
  p: Primitives,
  deviations: tf.Tensor4D,
  affine: tf.Tensor2D,
  variance: tf.Tensor1D,
  residual: tf.Tensor4D | null,
  relu: boolean,
): tf.Tensor4D {
  const [scale, shift] = rows(affine);
  const factor = tf.mul<tf.Tensor1D>(scale, tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
  const plain = p.scaleShift(deviations, factor, shift);
  const sum = residual ? tf.add<tf.Tensor4D>(plain, residual) : plain;
  return relu ? tf.relu(sum) : sum;
}

const centred = (p: Primitives, x: tf.Tensor4D, mean: tf.Tensor1D) =>
  p.scaleShift(x, tf.onesLike(mean), tf.neg(mean));

/**
 * The two rows of a `[2, C]` tensor. Sliced from the flat tensor, not unstacked: tfjs-backend-wasm 4.22 looks at the shape
 * under which a bias's data were first written (FusedDepthwiseConv2D.ts), and an unstacked row's is `[1, C]`.
 */
function rows(pair: tf.Tensor2D): [tf.Tensor1D, tf.Tensor1D] {
  const channels = pair.shape[1];
  const flat = tf.reshape(pair, [2 * channels]) as tf.Tensor1D;
  return [tf.slice(flat, 0, channels), tf.slice(flat, channels, channels)];
}

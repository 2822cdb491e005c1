/** Batch norm on the heap. */
import * as tf from '@tensorflow/tfjs-core';
import {
  BATCH_NORM_EPSILON,
  type BatchNormGradients,
  type BatchNormInferenceGradients,
  type BatchNormOutput,
} from '../../ops.ts';
import type { ThreadPool } from '../threads/threadPool.ts';
import type { Heap } from './heap.ts';
import type { Pointer } from './kernels.ts';

/** Null for a tensor that is not there. */
const NONE = 0;

export function batchNorm(
  heap: Heap,
  pool: ThreadPool,
  x: tf.Tensor,
  affine: tf.Tensor,
  residual: tf.Tensor | null,
  relu: boolean,
): BatchNormOutput<tf.Tensor> {
  const { rows, channels } = extentOf(x);
  const moments = heap.tensor([2, channels]);
  const scratch = heap.scratch(pool.kernels.batchMomentsScratch(channels, pool.parts));
  pool.run('batchMoments', heap.pointer(x), scratch, rows, channels);
  pool.kernels.finishMoments(scratch, heap.pointer(moments), rows, channels, pool.parts);
  return { y: batchNormInference(heap, pool, x, affine, moments, residual, relu), moments };
}

export function batchNormInference(
  heap: Heap,
  pool: ThreadPool,
  x: tf.Tensor,
  affine: tf.Tensor,
  moments: tf.Tensor,
  residual: tf.Tensor | null,
  relu: boolean,
): tf.Tensor {
  const { rows, channels } = extentOf(x);
  const y = heap.tensor(x.shape);
  const constants = constantsOf(heap, pool, affine, moments, channels);
  pool.run(
    'normalise',
    heap.pointer(x),
    residual ? heap.pointer(residual) : NONE,
    heap.pointer(y),
    constants,
    rows,
    channels,
    relu ? 1 : 0,
  );
  return y;
}

export function batchNormGradient(
  heap: Heap,
  pool: ThreadPool,
  dy: tf.Tensor,
  y: tf.Tensor,
  x: tf.Tensor,
  affine: tf.Tensor,
  moments: tf.Tensor,
  hasResidual: boolean,
  relu: boolean,
): BatchNormGradients<tf.Tensor> {
  const { rows, channels } = extentOf(x);
  const dx = heap.tensor(x.shape);
  const dAffine = heap.tensor([2, channels]);
  // The residual gets g. Without ReLU that is dy: a reshape shares its data.
  const kept = hasResidual && relu ? heap.tensor(x.shape) : null;
  const dResidual = kept ?? (hasResidual ? tf.reshape(dy, dy.shape) : null);

  const scratch = heap.scratch(pool.kernels.batchNormGradientScratch(channels, pool.parts));
  const mask = relu ? heap.pointer(y) : NONE;
  const [given, centre] = [heap.pointer(x), heap.pointer(moments)];
  pool.run(
    'batchNormGradientSums',
    heap.pointer(dy),
    mask,
    given,
    centre,
    kept ? heap.pointer(kept) : NONE,
    scratch,
    rows,
    channels,
  );
  pool.kernels.finishBatchNormGradient(
    scratch,
    heap.pointer(affine),
    centre,
    heap.pointer(dAffine),
    rows,
    channels,
    BATCH_NORM_EPSILON,
    pool.parts,
  );
  const [g, maskOfG] = kept ? [heap.pointer(kept), NONE] : [heap.pointer(dy), mask];
  pool.run('batchNormInputGradient', g, maskOfG, given, heap.pointer(dx), scratch, rows, channels);
  return { dx, dAffine, dResidual };
}

export function batchNormInferenceGradient(
  heap: Heap,
  pool: ThreadPool,
  dy: tf.Tensor,
  y: tf.Tensor,
  affine: tf.Tensor,
  moments: tf.Tensor,
  hasResidual: boolean,
  relu: boolean,
): BatchNormInferenceGradients<tf.Tensor> {
  const { rows, channels } = extentOf(dy);
  const dx = heap.tensor(dy.shape);
  const dResidual = hasResidual ? heap.tensor(dy.shape) : null;
  const constants = constantsOf(heap, pool, affine, moments, channels);
  const mask = relu ? heap.pointer(y) : NONE;
  const kept = dResidual ? heap.pointer(dResidual) : NONE;
  const [given, result] = [heap.pointer(dy), heap.pointer(dx)];
  pool.run('batchNormInferenceGradient', given, mask, kept, result, constants, rows, channels);
  return { dx, dResidual };
}

/** What `normalise` and the gradient of it take a map's channels by, in scratch. */
function constantsOf(
  heap: Heap,
  { kernels }: ThreadPool,
  affine: tf.Tensor,
  moments: tf.Tensor,
  channels: number,
): Pointer {
  const constants = heap.scratch(kernels.normaliseScratch(channels));
  const [scaleAndShift, given] = [heap.pointer(affine), heap.pointer(moments)];
  kernels.normaliseConstants(scaleAndShift, given, constants, channels, BATCH_NORM_EPSILON);
  return constants;
}

function extentOf(x: tf.Tensor): { rows: number; channels: number } {
  const channels = x.shape.at(-1)!;
  return { rows: x.size / channels, channels };
}

/** A convolution for evaluation with the batch norm that follows, in one kernel where there is one: see assembly/inference.ts. */
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON, type FilterShape, type Shape4, type Stride } from '../../ops.ts';
import type { ThreadPool } from '../threads/threadPool.ts';
import { batchNormInference } from './batchNorm.ts';
import { conv2d } from './convolution.ts';
import type { Heap } from './heap.ts';
import { type ConvolutionShape, convolutionShape } from './shape.ts';

/** Below this many channels the transforms cost what they spare. */
const LEAST_INPUTS = 8;

const fits = ({ height, width, inputs, outputs, kernel, stride }: ConvolutionShape): boolean =>
  kernel === 3 &&
  stride === 1 &&
  height % 4 === 0 &&
  width % 4 === 0 &&
  inputs >= LEAST_INPUTS &&
  inputs % 4 === 0 &&
  outputs % 8 === 0;

export function convolveInference(
  heap: Heap,
  pool: ThreadPool,
  x: tf.Tensor,
  filter: tf.Tensor,
  stride: Stride,
  affine: tf.Tensor,
  moments: tf.Tensor,
  residual: tf.Tensor | null,
  relu: boolean,
): tf.Tensor {
  const described = convolutionShape(x.shape as Shape4, filter.shape as FilterShape, stride);
  if (!fits(described)) {
    const convolved = conv2d(heap, pool, x, filter, stride);
    try {
      return batchNormInference(heap, pool, convolved, affine, moments, residual, relu);
    } finally {
      tf.dispose(convolved);
    }
  }
  const { batch, height, width, outputs } = described;
  const y = heap.tensor([batch, height, width, outputs]);
  const shape = heap.shape(described);
  const scratch = heap.scratch(pool.kernels.inferenceScratch(shape, pool.parts));
  const [given, scaleAndShift] = [heap.pointer(moments), heap.pointer(affine)];
  pool.kernels.packInference(heap.pointer(filter), scaleAndShift, given, scratch, shape, BATCH_NORM_EPSILON);
  const other = residual ? heap.pointer(residual) : 0;
  pool.run('convolveInference', heap.pointer(x), scratch, other, heap.pointer(y), shape, relu ? 1 : 0);
  return y;
}

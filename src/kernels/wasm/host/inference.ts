/** A convolution for evaluation with the batch norm that follows, in one kernel where there is one: see assembly/inference.ts. */
import * as tf from '@tensorflow/tfjs-core';
import {
  BATCH_NORM_EPSILON,
  type FilterShape,
  type JoinedConvolution,
  type Shape4,
  type Stride,
} from '../../ops.ts';
import type { ThreadPool } from '../threads/threadPool.ts';
import { batchNormInference } from './batchNorm.ts';
import { conv2d } from './convolution.ts';
import type { Heap } from './heap.ts';
import type { Pointer } from './kernels.ts';
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

export function joinConvolution(
  heap: Heap,
  pool: () => ThreadPool,
  filter: tf.Tensor,
  stride: Stride,
  affine: tf.Tensor,
  moments: tf.Tensor,
): JoinedConvolution<tf.Tensor> {
  let packed: tf.Tensor | undefined;
  return {
    apply(x, residual, relu) {
      const described = convolutionShape(x.shape as Shape4, filter.shape as FilterShape, stride);
      if (!fits(described)) return oneByOne(heap, pool(), x, filter, stride, affine, moments, residual, relu);
      const { kernels, parts } = pool();
      const { batch, height, width, outputs } = described;
      const y = heap.tensor([batch, height, width, outputs]);
      const shape = heap.shape(described);
      packed ??= pack(heap, pool(), filter, affine, moments, shape);
      const scratch = heap.scratch(kernels.inferenceScratch(shape, parts));
      const other = residual ? heap.pointer(residual) : 0;
      const given = [heap.pointer(x), heap.pointer(packed), scratch, other, heap.pointer(y)] as const;
      pool().run('convolveInference', ...given, shape, relu ? 1 : 0);
      return y;
    },
    dispose() {
      packed?.dispose();
      packed = undefined;
    },
  };
}

/** What the kernel reads of a convolution and its batch norm. */
function pack(
  heap: Heap,
  pool: ThreadPool,
  filter: tf.Tensor,
  affine: tf.Tensor,
  moments: tf.Tensor,
  shape: Pointer,
): tf.Tensor {
  const bytes = pool.kernels.inferencePacked(shape, pool.parts);
  const packed = heap.tensor([bytes / Float32Array.BYTES_PER_ELEMENT]);
  const at = heap.pointer(packed);
  pool.kernels.foldInference(heap.pointer(affine), heap.pointer(moments), at, shape, BATCH_NORM_EPSILON);
  pool.run('packInference', heap.pointer(filter), at, shape);
  return packed;
}

function oneByOne(
  heap: Heap,
  pool: ThreadPool,
  x: tf.Tensor,
  filter: tf.Tensor,
  stride: Stride,
  ...norm: [affine: tf.Tensor, moments: tf.Tensor, residual: tf.Tensor | null, relu: boolean]
): tf.Tensor {
  const convolved = conv2d(heap, pool, x, filter, stride);
  try {
    return batchNormInference(heap, pool, convolved, ...norm);
  } finally {
    tf.dispose(convolved);
  }
}

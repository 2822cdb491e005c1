/** Batch norm on the heap. */
import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormGradients, BatchNormOutput } from '../../ops.ts';
import type { Crew } from '../threads/crew.ts';
import type { Heap } from './heap.ts';

const FLOAT = 4;
const DOUBLE = 8;
/** Null for a tensor that is not there. */
const NONE = 0;

export function batchNorm(
  heap: Heap,
  crew: Crew,
  x: tf.Tensor,
  affine: tf.Tensor,
  residual: tf.Tensor | null,
  relu: boolean,
): BatchNormOutput<tf.Tensor> {
  const { rows, channels } = extentOf(x);
  const moments = heap.tensor([2, channels]);
  const partialsBytes = crew.parts * 2 * channels * DOUBLE;
  const partials = heap.scratch(partialsBytes + crew.parts * 3 * channels * FLOAT);
  crew.run('batchMoments', heap.pointer(x), partials, rows, channels, partials + partialsBytes);
  crew.kernels.finishMoments(partials, heap.pointer(moments), rows, channels, crew.parts);
  return { y: batchNormInference(heap, crew, x, affine, moments, residual, relu), moments };
}

export function batchNormInference(
  heap: Heap,
  crew: Crew,
  x: tf.Tensor,
  affine: tf.Tensor,
  moments: tf.Tensor,
  residual: tf.Tensor | null,
  relu: boolean,
): tf.Tensor {
  const { rows, channels } = extentOf(x);
  const y = heap.tensor(x.shape);
  const constants = heap.scratch(3 * channels * FLOAT);
  crew.kernels.normaliseConstants(heap.pointer(affine), heap.pointer(moments), constants, channels);
  crew.run(
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
  crew: Crew,
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

  const partialsBytes = crew.parts * 2 * channels * DOUBLE;
  const partials = heap.scratch(partialsBytes + 4 * channels * FLOAT);
  const constants = partials + partialsBytes;
  const mask = relu ? heap.pointer(y) : NONE;
  const [given, centre] = [heap.pointer(x), heap.pointer(moments)];
  crew.run(
    'batchNormGradientSums',
    heap.pointer(dy),
    mask,
    given,
    centre,
    kept ? heap.pointer(kept) : NONE,
    partials,
    rows,
    channels,
  );
  crew.kernels.finishBatchNormGradient(
    partials,
    heap.pointer(affine),
    centre,
    heap.pointer(dAffine),
    constants,
    rows,
    channels,
    crew.parts,
  );
  const [g, maskOfG] = kept ? [heap.pointer(kept), NONE] : [heap.pointer(dy), mask];
  crew.run('batchNormInputGradient', g, maskOfG, given, heap.pointer(dx), constants, rows, channels);
  return { dx, dAffine, dResidual };
}

function extentOf(x: tf.Tensor): { rows: number; channels: number } {
  const channels = x.shape.at(-1)!;
  return { rows: x.size / channels, channels };
}

/** Batch norm on the WebGPU backend: which kernels, one after the other. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../../../model/precision.ts';
import type { TrainingOps } from '../../ops.ts';
import { chunkMoments } from './chunkMoments.ts';
import { mergeMoments } from './mergeMoments.ts';
import { normalise } from './normalise.ts';
import { affineGradient } from './affineGradient.ts';
import { chunkGradientSums } from './chunkGradientSums.ts';
import { inferenceGradient } from './inferenceGradient.ts';
import { inputGradient } from './inputGradient.ts';
import { channelShape, chunksOf } from './channelShape.ts';
import type { KernelRunner } from '../runtime/kernelRunner.ts';
import { storageFor } from '../wgsl/storage.ts';

type BatchNormOps = Pick<
  TrainingOps<tf.Tensor>,
  'batchNorm' | 'batchNormInference' | 'batchNormGradient' | 'batchNormInferenceGradient'
>;

/** `cooperative`: whether workgroups share their sums; else layers share their kernels (sizes.ts). `precision`: how y is stored. */
export function createBatchNorm(
  backend: KernelRunner,
  cooperative: boolean,
  precision: Precision,
): BatchNormOps {
  const storageOf = (tensor: tf.Tensor) => backend.storageOf(tensor);

  const batchNormInference: BatchNormOps['batchNormInference'] = (x, affine, moments, residual, relu) => {
    const shape = channelShape(x.shape);
    const y = backend.empty(x.shape, storageFor(precision, shape.channels));
    const stored = { x: storageOf(x), residual: residual && storageOf(residual), y: storageOf(y) };
    backend.run(normalise(shape, stored, relu, cooperative), {
      outputs: [y],
      inputs: [x, affine, moments, ...(residual ? [residual] : [])],
    });
    return y;
  };

  return {
    batchNormInference,

    batchNorm(x, affine, residual, relu) {
      const shape = channelShape(x.shape);
      const moments = backend.empty([2, shape.channels]);
      const chunks = backend.empty([chunksOf(shape.positions), 2, shape.channels]);
      backend.run(chunkMoments(shape, storageOf(x), cooperative), { outputs: [chunks], inputs: [x] });
      backend.run(mergeMoments(shape, storageOf(x), cooperative), {
        outputs: [moments],
        inputs: [chunks, x],
      });
      chunks.dispose();
      return { y: batchNormInference(x, affine, moments, residual, relu), moments };
    },

    batchNormGradient(dy, y, x, affine, moments, hasResidual, relu) {
      const shape = channelShape(x.shape);
      const chunks = backend.empty([chunksOf(shape.positions), 2, shape.channels]);
      const dAffine = backend.empty([2, shape.channels]);
      const dx = backend.empty(x.shape);
      // Without ReLU the residual's gradient is dy.
      const dMasked = hasResidual && relu ? backend.empty(x.shape) : null;
      const masking = relu ? [y] : [];
      const stored = { x: storageOf(x), y: relu ? storageOf(y) : null };
      backend.run(chunkGradientSums(shape, stored, cooperative), {
        outputs: [chunks],
        inputs: [dy, x, moments, ...masking],
      });
      backend.run(affineGradient(shape, cooperative), { outputs: [dAffine], inputs: [chunks, moments] });
      backend.run(inputGradient(shape, stored, dMasked !== null, cooperative), {
        outputs: dMasked ? [dx, dMasked] : [dx],
        inputs: [dy, x, affine, moments, dAffine, ...masking],
      });
      chunks.dispose();
      return { dx, dAffine, dResidual: hasResidual ? (dMasked ?? dy.clone()) : null };
    },

    batchNormInferenceGradient(dy, y, affine, moments, hasResidual, relu) {
      const shape = channelShape(dy.shape);
      const dx = backend.empty(dy.shape);
      const dResidual = hasResidual ? backend.empty(dy.shape) : null;
      backend.run(inferenceGradient(shape, relu ? storageOf(y) : null, hasResidual, cooperative), {
        outputs: dResidual ? [dx, dResidual] : [dx],
        inputs: [dy, affine, moments, ...(relu ? [y] : [])],
      });
      return { dx, dResidual };
    },
  };
}

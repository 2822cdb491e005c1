/**
 * The training operations composed from stock tf.js operations: slower than kernels of our own, but right on every
 * backend that tf.js has.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../model/backends.ts';
import type { Part, Shape4, Stride, TrainingOps } from '../ops.ts';
import { explainMemory } from '../outOfMemory.ts';
import { batchNorm, batchNormGradient, batchNormInference, batchNormInferenceGradient } from './batchNorm.ts';
import { dilate } from './dilate.ts';
import { adam, rmsprop, sgd } from './optimizers.ts';
import type { Primitives } from './primitives.ts';
import { stockPrimitives, wasmPrimitives } from './primitives.ts';

/** The operations on tf.js's present backend, which must be `backend`: see startBackend. */
export function createComposedOps(backend: BackendName): TrainingOps<tf.Tensor> {
  const p: Primitives = backend === 'wasm' ? wasmPrimitives : stockPrimitives;
  return {
    name: backend,
    build: { kernels: 'composed', threads: 1, adapter: '' },
    precision: 'f32',
    explain: (error) => explainMemory(error),

    upload: (values, shape) => tf.tensor(Float32Array.from(values), [...shape], 'float32'),
    download: (tensor) => tensor.data<'float32'>(),
    dispose: (tensor) => {
      tensor.dispose();
    },
    tensorCount: () => tf.memory().numTensors,
    async synchronise() {
      // Queues run in order: a number computed now is there only when all before it is.
      const last = tf.tidy(() => tf.add(tf.zeros([1]), 1));
      await last.data();
      last.dispose();
    },

    view: (flat, part) =>
      tf.tidy(() => tf.reshape(tf.slice(flat, [part.offset], [part.size]), [...part.shape])),
    pack: (tensors, parts, length) => tf.tidy(() => tf.concat(withGaps(tensors, parts, length))),

    conv2d: (x, filter, stride) => {
      const pad = ((filter as tf.Tensor4D).shape[0] - 1) / 2;
      return tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad, 'NHWC', 1, 'floor');
    },
    conv2dInputGradient: (dy, filter, stride, inputShape) =>
      tf.tidy(() => p.inputGradient(dy as tf.Tensor4D, filter as tf.Tensor4D, stride, inputShape)),
    conv2dFilterGradient: (x, dy, stride, filterShape) =>
      tf.tidy(() => p.filterGradient(x as tf.Tensor4D, dy as tf.Tensor4D, stride, filterShape)),

    batchNorm: (x, affine, residual, relu) =>
      batchNorm(p, x as tf.Tensor4D, affine as tf.Tensor2D, residual as tf.Tensor4D | null, relu),
    batchNormInference: (x, affine, moments, residual, relu) =>
      batchNormInference(
        p,
        x as tf.Tensor4D,
        affine as tf.Tensor2D,
        moments as tf.Tensor2D,
        residual as tf.Tensor4D | null,
        relu,
      ),
    batchNormGradient: (dy, y, x, affine, moments, hasResidual, relu) =>
      batchNormGradient(
        p,
        dy as tf.Tensor4D,
        y as tf.Tensor4D,
        x as tf.Tensor4D,
        affine as tf.Tensor2D,
        moments as tf.Tensor2D,
        hasResidual,
        relu,
      ),

    batchNormInferenceGradient: (dy, y, affine, moments, hasResidual, relu) =>
      batchNormInferenceGradient(
        p,
        dy as tf.Tensor4D,
        y as tf.Tensor4D,
        affine as tf.Tensor2D,
        moments as tf.Tensor2D,
        hasResidual,
        relu,
      ),

    padShortcut,
    padShortcutGradient,

    globalAveragePool: (x) =>
      tf.tidy(() => {
        const [, height, width] = x.shape as [number, number, number, number];
        return tf.squeeze(tf.avgPool(x as tf.Tensor4D, [height, width], 1, 'valid'), [1, 2]);
      }),
    globalAveragePoolGradient: (dy, [batch, height, width, channels]) =>
      tf.tidy(() =>
        tf.tile(tf.reshape(tf.div(dy, height * width), [batch, 1, 1, channels]), [1, height, width, 1]),
      ),

    dense: (x, matrix, bias) => tf.tidy(() => tf.add(tf.matMul(x, matrix), bias)),
    denseGradient(dy, x, matrix) {
      const [dx, dMatrix, dBias] = tf.tidy((): [tf.Tensor, tf.Tensor, tf.Tensor] => [
        tf.matMul(dy, matrix, false, true),
        tf.matMul(x, dy, true, false),
        tf.sum(dy, 0),
      ]);
      return { dx, dMatrix, dBias };
    },

    softmaxCrossEntropy(logits, labels, smoothing = 0) {
      const [batch, classes] = logits.shape as [number, number];
      const [metrics, dLogits] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
        const truth = tf.tensor2d(targets(labels, classes, smoothing), [batch, classes]);
        const shifted = tf.sub(logits, tf.max(logits, 1, true));
        const exponents = tf.exp(shifted);
        const sums = tf.sum(exponents, 1, true);
        const logLikelihood = tf.sum(tf.mul(truth, tf.sub(shifted, tf.log(sums))));
        const others = tf.notEqual(tf.argMax(logits, 1), tf.tensor1d(Int32Array.from(labels), 'int32'));
        // An image whose cross-entropy is NaN counts as wrong.
        const wrong = tf.logicalOr(others, tf.isNaN(tf.squeeze(sums, [1])));
        const metrics = tf.stack([
          tf.div(logLikelihood, -batch),
          tf.div(tf.sum(tf.cast(wrong, 'float32')), batch),
        ]);
        return [metrics, tf.div(tf.sub(tf.div(exponents, sums), truth), batch)];
      });
      return { metrics, dLogits };
    },

    add(a, b) {
      const sum = tf.add(a, b);
      a.dispose();
      return sum;
    },
    multiply: (a, b) => tf.mul(a, b),
    average(a, b, keep, share) {
      const result = tf.tidy(() => tf.add(tf.mul(a, keep), tf.mul(b, share)));
      a.dispose();
      return result;
    },

    sgd,
    adam,
    rmsprop,
  };
}

function withGaps(tensors: readonly tf.Tensor[], parts: readonly Part[], length: number): tf.Tensor1D[] {
  const pieces: tf.Tensor1D[] = [];
  let end = 0;
  const fillTo = (offset: number) => {
    if (offset > end) pieces.push(tf.zeros([offset - end]));
    end = offset;
  };
  parts.forEach((part, i) => {
    fillTo(part.offset);
    pieces.push(tf.reshape(tensors[i]!, [part.size]));
    end += part.size;
  });
  fillTo(length);
  return pieces;
}

/** What the probabilities are to be: one-hot rows, smoothed. */
function targets(labels: Uint8Array, classes: number, smoothing: number): Float32Array {
  const rows = new Float32Array(labels.length * classes).fill(smoothing / classes);
  labels.forEach((label, i) => (rows[i * classes + label] = 1 - smoothing + smoothing / classes));
  return rows;
}

function padShortcut(x: tf.Tensor, stride: Stride, channels: number): tf.Tensor {
  return tf.tidy(() => {
    const kept = stride === 1 ? x : everySecond(x);
    const grown = channels - kept.shape[3]!;
    const front = Math.floor(grown / 2);
    return tf.pad(kept, [
      [0, 0],
      [0, 0],
      [0, 0],
      [front, grown - front],
    ]);
  });
}

function padShortcutGradient(dy: tf.Tensor, stride: Stride, inputShape: Shape4): tf.Tensor {
  return tf.tidy(() => {
    const [batch, height, width, channels] = inputShape;
    const front = Math.floor((dy.shape[3]! - channels) / 2);
    const kept = tf.slice(dy, [0, 0, 0, front], [-1, -1, -1, channels]);
    if (stride === 1) return kept;
    return tf.slice(dilate(kept as tf.Tensor4D), [0, 0, 0, 0], [batch, height, width, channels]);
  });
}

/** `x[:, ::2, ::2, :]`; strided slices are slow on WASM, a window of one pixel is not. */
function everySecond(x: tf.Tensor): tf.Tensor {
  return tf.maxPool(x as tf.Tensor4D, 1, 2, 'valid');
}

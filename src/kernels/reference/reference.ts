/**
 * The truth: every training operation in plain float64 loops, clear before fast. All other implementations are
 * judged against it, and it is judged against finite differences.
 */
import type { OptimizerState, Part, TrainingOps } from '../ops.ts';
import { batchNorm, batchNormGradient, batchNormInference, batchNormInferenceGradient } from './batchNorm.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import {
  dense,
  denseGradient,
  globalAveragePool,
  globalAveragePoolGradient,
  padShortcut,
  padShortcutGradient,
} from './layers.ts';
import { createLedger } from './ledger.ts';
import { adam, rmsprop, sgd } from './optimizers.ts';
import { type Float64Tensor, expectShape, over, sizeOf, zeros, zip } from './tensor.ts';

type State = OptimizerState<Float64Tensor>;

/**
 * The operations in float64. Stricter than the contract asks: shapes are checked, a tensor that is gone (disposed,
 * consumed, or a view of such a one) cannot be used, and disposing twice throws.
 */
export function createReferenceOps(): TrainingOps<Float64Tensor> {
  const ledger = createLedger();
  const { read, track } = ledger;
  const readOptional = (tensor: Float64Tensor | null) => tensor && read(tensor);

  /** Checks `state`, computes the next one, and lets the old one go. */
  const replace = (state: State, update: (state: State) => State): State => {
    const old = [state.parameters, ...state.slots].map(read);
    const next = update(state);
    old.forEach(ledger.release);
    [next.parameters, ...next.slots].forEach((tensor) => track(tensor));
    return next;
  };

  return {
    name: 'reference',
    build: { kernels: 'reference', threads: 1, adapter: '' },
    precision: 'f32',

    upload: (values, shape) => track(over(Float64Array.from(values), shape)),
    download: (tensor) => Promise.resolve(read(tensor).data.slice()),
    dispose: ledger.release,
    tensorCount: () => ledger.count,
    synchronise: () => Promise.resolve(),

    view: (flat, part) => track(over(partOf(read(flat), part), part.shape), flat),
    pack(tensors, parts, length) {
      const flat = zeros([length]);
      if (tensors.length !== parts.length) throw new RangeError('as many parts as tensors are needed');
      parts.forEach((part, i) => {
        expectShape(tensors[i]!, part.shape);
        partOf(flat, part).set(read(tensors[i]!).data);
      });
      return track(flat);
    },

    conv2d: (x, filter, stride) => track(conv2d(read(x), read(filter), stride)),
    conv2dInputGradient: (dy, filter, stride, inputShape) =>
      track(conv2dInputGradient(read(dy), read(filter), stride, inputShape)),
    conv2dFilterGradient: (x, dy, stride, filterShape) =>
      track(conv2dFilterGradient(read(x), read(dy), stride, filterShape)),

    batchNorm(x, affine, residual, relu) {
      const { y, moments } = batchNorm(read(x), read(affine), readOptional(residual), relu);
      return { y: track(y), moments: track(moments) };
    },
    batchNormInference: (x, affine, moments, residual, relu) =>
      track(batchNormInference(read(x), read(affine), read(moments), readOptional(residual), relu)),
    batchNormGradient(dy, y, x, affine, moments, hasResidual, relu) {
      const output = relu ? read(y) : y;
      const { dx, dAffine, dResidual } = batchNormGradient(
        read(dy),
        output,
        read(x),
        read(affine),
        read(moments),
        hasResidual,
        relu,
      );
      return { dx: track(dx), dAffine: track(dAffine), dResidual: dResidual && track(dResidual) };
    },

    batchNormInferenceGradient(dy, y, affine, moments, hasResidual, relu) {
      const output = relu ? read(y) : y;
      const { dx, dResidual } = batchNormInferenceGradient(
        read(dy),
        output,
        read(affine),
        read(moments),
        hasResidual,
        relu,
      );
      return { dx: track(dx), dResidual: dResidual && track(dResidual) };
    },

    padShortcut: (x, stride, channels) => track(padShortcut(read(x), stride, channels)),
    padShortcutGradient: (dy, stride, inputShape) => track(padShortcutGradient(read(dy), stride, inputShape)),

    globalAveragePool: (x) => track(globalAveragePool(read(x))),
    globalAveragePoolGradient: (dy, inputShape) => track(globalAveragePoolGradient(read(dy), inputShape)),

    dense: (x, matrix, bias) => track(dense(read(x), read(matrix), read(bias))),
    denseGradient(dy, x, matrix) {
      const { dx, dMatrix, dBias } = denseGradient(read(dy), read(x), read(matrix));
      return { dx: track(dx), dMatrix: track(dMatrix), dBias: track(dBias) };
    },

    softmaxCrossEntropy(logits, labels, smoothing) {
      const { metrics, dLogits } = softmaxCrossEntropy(read(logits), labels, smoothing);
      return { metrics: track(metrics), dLogits: track(dLogits) };
    },

    add(a, b) {
      const sum = track(zip(read(a), read(b), (p, q) => p + q));
      ledger.release(a);
      return sum;
    },
    average(a, b, keep, share) {
      const result = track(zip(read(a), read(b), (p, q) => keep * p + share * q));
      ledger.release(a);
      return result;
    },
    multiply: (a, b) => track(zip(read(a), read(b), (p, q) => p * q)),

    sgd: (state, gradient, mask, hyper) =>
      replace(state, (old) => sgd(old, read(gradient), readOptional(mask), hyper)),
    adam: (state, gradient, mask, hyper, step) =>
      replace(state, (old) => adam(old, read(gradient), readOptional(mask), hyper, step)),
    rmsprop: (state, gradient, mask, hyper) =>
      replace(state, (old) => rmsprop(old, read(gradient), readOptional(mask), hyper)),
  };
}

/** The numbers of a part, in the flat tensor's own memory. */
function partOf(flat: Float64Tensor, { offset, size, shape }: Part): Float64Array {
  if (offset + size > flat.data.length || size !== sizeOf(shape)) {
    throw new RangeError(`a part [${shape.join(', ')}] of ${size} at ${offset} in ${flat.data.length}`);
  }
  return flat.data.subarray(offset, offset + size);
}

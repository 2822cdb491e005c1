/**
 * The contract of training: every operation that a training step is made of, with its shapes. The network
 * (src/training) is written against this interface alone and never sees TensorFlow.js.
 *
 * Implementations: `reference/` (float64 TypeScript, the truth in tests), `composed/` (stock tf.js operations, every
 * backend), `wasm/` and `webgpu/` (our kernels). All are judged by one numeric suite.
 *
 * Conventions. Tensors are dense and NHWC; filters are `[k, k, in, out]` with k = 1 or 3, padded by (k - 1) / 2 on
 * every side (PyTorch's padding, not tf's "same"), so a stride s leaves ceil(size / s) pixels. An operation never
 * changes or disposes its arguments, except the optimiser updates, which consume their state. Every returned tensor
 * belongs to the caller, who disposes it.
 *
 * NaN stays NaN: where an operation reads one, what depends on it is NaN and no number that could be taken for a result, at every
 * width (test/nonFiniteCases.ts; docs/decisions/2026-11-26-nan.md says on which devices that is sure). It may spread to neighbouring
 * pixels, and a gradient behind a NaN of the forward pass may be masked. Infinities give infinities or NaN.
 */

import type { KernelBuild } from '../model/kernelBuild.ts';
import type { Precision } from '../model/precision.ts';

/** What every implementation's tensors have. */
export interface TensorLike {
  readonly shape: readonly number[];
}

export type Stride = 1 | 2;
export type Shape4 = readonly [batch: number, height: number, width: number, channels: number];
export type FilterShape = readonly [kernel: number, kernel: number, inChannels: number, outChannels: number];

/** Batch norm's epsilon (He et al. 2015 leave it open; PyTorch's default). */
export const BATCH_NORM_EPSILON = 1e-5;

export interface BatchNormOutput<T> {
  /** `[N, H, W, C]` */
  readonly y: T;
  /** `[2, C]`: the batch's mean, then its biased variance. */
  readonly moments: T;
}

export interface BatchNormGradients<T> {
  /** `[N, H, W, C]` */
  readonly dx: T;
  /** `[2, C]`: the gradient of the scale, then of the shift. */
  readonly dAffine: T;
  /** `[N, H, W, C]`, the gradient that the residual branch gets; null without a residual. */
  readonly dResidual: T | null;
}

export type BatchNormInferenceGradients<T> = Omit<BatchNormGradients<T>, 'dAffine'>;

export interface DenseGradients<T> {
  /** `[N, in]` */
  readonly dx: T;
  /** `[in, out]` */
  readonly dMatrix: T;
  /** `[out]` */
  readonly dBias: T;
}

export interface CrossEntropyOutput<T> {
  /** `[2]`: the mean cross-entropy (nats), and the share of images whose largest logit is not the label's, 0 to 1. */
  readonly metrics: T;
  /** `[N, classes]`: the gradient of the mean cross-entropy. */
  readonly dLogits: T;
}

/** See joinConvolution. */
export interface JoinedConvolution<T> {
  /** relu(batch norm of conv2d of x + residual): `[N, ceil(H/stride), ceil(W/stride), out]`; residual of that shape or null. */
  apply(x: T, residual: T | null, relu: boolean): T;
  /** To be called before filter, affine and moments are disposed, which stay the caller's. */
  dispose(): void;
}

/** Part of a flat tensor. */
export interface Part {
  readonly offset: number;
  readonly size: number;
  readonly shape: readonly number[];
}

export interface OptimizerHyperparameters {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
}

/** Tensors that an optimiser update takes over and gives back. All are flat and of one length. */
export interface OptimizerState<T> {
  readonly parameters: T;
  /** SGD: velocity. Adam: first and second moment. RMSprop: second moment. */
  readonly slots: readonly T[];
}

/** Kernels compiled so far, and of how many: told at 0 and after each. */
export type CompileProgress = (done: number, total: number) => void;

/** What computes is gone or refuses: no operation of it comes to an end any more. */
export class OpsGoneError extends Error {}

export interface TrainingOps<T extends TensorLike> {
  /** What computes, for people: "wasm", "webgpu", "reference", ... */
  readonly name: string;
  /** The kernels that really compute, which may be others than were asked for. */
  readonly build: KernelBuild;
  /** How activations are stored. */
  readonly precision: Precision;

  /** Numbers from the host, in a tensor of `shape`. */
  upload(values: Float32Array | Float64Array, shape: readonly number[]): T;
  /** The numbers of a tensor. The array is not to be written to. */
  download(tensor: T): Promise<Float32Array | Float64Array>;
  dispose(tensor: T): void;
  /** Tensors now alive, for leak tests. */
  tensorCount(): number;
  /** An error that an operation ended in, as one that says what happened in words; undefined if it is not known. */
  explain?(error: unknown): Error | undefined;
  /** Waits until everything that was asked for has been computed: the only honest end of a measurement. */
  synchronise(): Promise<void>;

  /**
   * Computes with so many threads from now on, or rather once those that are missing have started: as many as it was opened for at most.
   * Absent where there is no choice.
   */
  useThreads?(threads: number): Promise<void>;

  /**
   * Gets the device ready for `work`, so that it then runs at once: chooses kernels and compiles them. `work` is called for that
   * but computes nothing: it must read nothing back. Absent where there is nothing to get ready. Rejects with a DeviceError.
   */
  prepare?(work: () => void, onProgress?: CompileProgress): Promise<void>;
  /** Set where lanes should begin one after the other: the processor compiles what it then computes. */
  readonly inTurn?: boolean;

  /** A part of a flat tensor in its own shape. May share memory: gone when `flat` is updated or disposed. */
  view(flat: T, part: Part): T;
  /**
   * The inverse of view: tensors laid at their offsets, which ascend, into a flat tensor of `length`; the gaps are zero.
   */
  pack(tensors: readonly T[], parts: readonly Part[], length: number): T;

  /** x `[N, H, W, in]`, filter `[k, k, in, out]` -> `[N, ceil(H/stride), ceil(W/stride), out]`. */
  conv2d(x: T, filter: T, stride: Stride): T;
  /** dy as conv2d's result -> the gradient of its x, of `inputShape`. */
  conv2dInputGradient(dy: T, filter: T, stride: Stride, inputShape: Shape4): T;
  /** x and dy as conv2d's argument and the gradient of its result -> the gradient of its filter. */
  conv2dFilterGradient(x: T, dy: T, stride: Stride, filterShape: FilterShape): T;

  /**
   * y = relu(scale * (x - mean) / sqrt(variance + epsilon) + shift + residual), with the moments of this batch over N, H
   * and W (Ioffe and Szegedy 2015). affine `[2, C]`; residual of x's shape or null; ReLU where `relu`.
   */
  batchNorm(x: T, affine: T, residual: T | null, relu: boolean): BatchNormOutput<T>;
  /** The same with given moments `[2, C]`, for evaluation. With those that batchNorm gave for x it gives its y, to the last bit. */
  batchNormInference(x: T, affine: T, moments: T, residual: T | null, relu: boolean): T;
  /**
   * conv2d and the batchNormInference of what it gives, with a filter and numbers that stay for many images: to a hundred-thousandth of the
   * largest number, and not to the last bit. Fastest by some 16 images, whose maps the processor's caches hold. Absent where the two are as fast.
   */
  joinConvolution?(filter: T, stride: Stride, affine: T, moments: T): JoinedConvolution<T>;
  /** The gradients of batchNorm; x, affine, moments and y as it took and gave them. y is read only where `relu`. */
  batchNormGradient(
    dy: T,
    y: T,
    x: T,
    affine: T,
    moments: T,
    hasResidual: boolean,
    relu: boolean,
  ): BatchNormGradients<T>;

  /**
   * The gradients of batchNormInference, whose moments are given numbers: dx = scale / sqrt(variance + epsilon) * g and dResidual = g,
   * with g = dy where y > 0, or dy without ReLU. y as it gave it, read only where `relu`. dResidual shares nothing with dy.
   */
  batchNormInferenceGradient(
    dy: T,
    y: T,
    affine: T,
    moments: T,
    hasResidual: boolean,
    relu: boolean,
  ): BatchNormInferenceGradients<T>;

  /** Option A's shortcut: x `[N, H, W, C]` -> `x[:, ::stride, ::stride, :]` with `channels`, the new ones half in front (rounded down). */
  padShortcut(x: T, stride: Stride, channels: number): T;
  padShortcutGradient(dy: T, stride: Stride, inputShape: Shape4): T;

  /** `[N, H, W, C]` -> `[N, C]` */
  globalAveragePool(x: T): T;
  globalAveragePoolGradient(dy: T, inputShape: Shape4): T;

  /** x `[N, in]`, matrix `[in, out]`, bias `[out]` -> `[N, out]` */
  dense(x: T, matrix: T, bias: T): T;
  denseGradient(dy: T, x: T, matrix: T): DenseGradients<T>;

  /**
   * logits `[N, classes]`, labels as N class numbers below `classes`. Of equal largest logits any may count. An image with a logit
   * of NaN or Infinity has a cross-entropy of NaN and counts as wrong. With `smoothing` e, 0 if absent, the cross-entropy is with
   * (1 - e) on the label and e / classes on every class (Szegedy et al. 2016, section 7; PyTorch's label_smoothing); it is not finite
   * where a logit is -Infinity. What counts as wrong stays the same.
   */
  softmaxCrossEntropy(logits: T, labels: Uint8Array, smoothing?: number): CrossEntropyOutput<T>;

  /** a + b, of one shape. Consumes a. */
  add(a: T, b: T): T;
  /** keep * a + share * b, of one shape: a running average. Consumes a. */
  average(a: T, b: T, keep: number, share: number): T;
  /** a * b, of one shape. */
  multiply(a: T, b: T): T;

  /**
   * v = momentum * v + g + weightDecay * w; w = w - learningRate * v. `decayMask`: 1 where weights decay, else 0; null
   * decays all. Consumes `state`.
   */
  sgd(
    state: OptimizerState<T>,
    gradient: T,
    decayMask: T | null,
    hyper: OptimizerHyperparameters,
  ): OptimizerState<T>;
  /** Adam (Kingma and Ba 2015), betas 0.9 and 0.999, epsilon 1e-8, L2 decay in the gradient; `step` counts from 1. */
  adam(
    state: OptimizerState<T>,
    gradient: T,
    decayMask: T | null,
    hyper: OptimizerHyperparameters,
    step: number,
  ): OptimizerState<T>;
  /** RMSprop as PyTorch has it: alpha 0.99, epsilon 1e-8 outside the root, no momentum. */
  rmsprop(
    state: OptimizerState<T>,
    gradient: T,
    decayMask: T | null,
    hyper: OptimizerHyperparameters,
  ): OptimizerState<T>;
}

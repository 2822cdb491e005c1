/** The training operations as WGSL kernels on tf.js's WebGPU backend. What they do not replace is composed. */
import type * as tf from '@tensorflow/tfjs-core';
import { createComposedOps } from '../composed/composedOps.ts';
import type { Precision } from '../../model/precision.ts';
import type { FilterShape, OptimizerState, Shape4, TrainingOps } from '../ops.ts';
import { createBatchNorm } from './norm/batchNormOps.ts';
import type { ConvPlan } from './tuning/convPlan.ts';
import { convShape } from './conv/convShape.ts';
import { crossEntropy, meanMetrics } from './small/crossEntropy.ts';
import { dense, denseInputGradient, denseWeightGradient } from './small/dense.ts';
import { product, runningAverage } from './small/elementwise.ts';
import type { Kernel } from './wgsl/kernel.ts';
import {
  type OptimizerName,
  type UpdateUniforms,
  adamCorrections,
  optimizerUpdate,
  packUniforms,
} from './small/optimizerUpdate.ts';
import { padShortcut, padShortcutGradient, padShortcutWidth } from './small/padShortcut.ts';
import { globalAveragePool, globalAveragePoolGradient } from './small/globalAveragePool.ts';
import type { KernelRunner } from './runtime/kernelRunner.ts';
import type { WebGpu } from './runtime/startWebGpu.ts';
import { type Storage, storageFor } from './wgsl/storage.ts';
import { sumParts } from './small/sumParts.ts';

type Tensor = tf.Tensor;
type State = OptimizerState<Tensor>;

/** What the operations need of what startWebGpu gives. */
type Device = Pick<WebGpu, 'adapter' | 'software'> & { readonly backend: KernelRunner };

/** `plan`: which kernels. `precision`: how the outputs of convolutions, batch norms and shortcuts are stored. */
export function createWebGpuOps(
  webGpu: Device,
  plan: ConvPlan,
  precision: Precision = 'f32',
): TrainingOps<Tensor> {
  const { backend } = webGpu;
  const composed = createComposedOps('webgpu');
  /** One preparation's after the other's. */
  let tuning = Promise.resolve();

  /** Runs a kernel that has one output. */
  const make = (
    kernel: Kernel,
    shape: readonly number[],
    inputs: readonly Tensor[],
    storage: Storage = 'f32',
  ): Tensor => {
    const output = backend.empty(shape, storage);
    backend.run(kernel, { outputs: [output], inputs });
    return output;
  };

  const average = (a: Tensor, b: Tensor, keep: number, share: number): Tensor => {
    const uniforms = Float32Array.of(keep, share, 0, 0);
    backend.run(runningAverage(a.size), { outputs: [a], inputs: [b], uniforms });
    return a;
  };

  const update = (
    name: OptimizerName,
    state: State,
    gradient: Tensor,
    mask: Tensor | null,
    hyper: UpdateUniforms,
  ): State => {
    backend.run(optimizerUpdate(name, mask !== null, gradient.size), {
      outputs: [state.parameters, ...state.slots],
      inputs: mask ? [gradient, mask] : [gradient],
      uniforms: packUniforms(hyper),
    });
    return state;
  };

  return {
    ...composed,
    ...createBatchNorm(backend, plan.cooperative, precision),

    build: {
      kernels: webGpu.software ? 'webgpu-software' : plan.tune ? 'webgpu-measured' : 'webgpu-fixed',
      threads: 1,
      adapter: webGpu.adapter,
    },
    precision,
    inTurn: webGpu.software,
    synchronise: () => backend.idle(),
    async prepare(work, onProgress = () => undefined) {
      const before = tuning;
      const tune = async () => {
        // A refusal is for whom it concerned.
        await before.catch(() => undefined);
        await plan.tune?.(() => backend.dryRun(work));
      };
      await (tuning = tune());
      await backend.compileFor(work, onProgress);
    },
    view: (flat, part) => backend.view(flat, part) ?? composed.view(flat, part),
    pack: (tensors, parts, length) => backend.pack(tensors, parts, length),

    conv2d(x, filter, stride) {
      const stored = { x: backend.storageOf(x), y: storageFor(precision, filter.shape[3]!) };
      const shape = convShape(shape4(x), filter.shape as FilterShape, stride, stored);
      const output = [x.shape[0], shape.outHeight, shape.outWidth, shape.outChannels];
      return make(plan.work('forward', shape, x.shape[0]).kernel, output, [x, filter], shape.y);
    },
    conv2dInputGradient(dy, filter, stride, inputShape) {
      const shape = convShape(inputShape, filter.shape as FilterShape, stride);
      return make(plan.work('inputGradient', shape, inputShape[0]).kernel, inputShape, [dy, filter]);
    },
    conv2dFilterGradient(x, dy, stride, filterShape) {
      const shape = convShape(shape4(x), filterShape, stride, { x: backend.storageOf(x) });
      const { kernel, parts } = plan.work('filterGradient', shape, x.shape[0]);
      if (parts === 1) return make(kernel, filterShape, [x, dy]);
      const partial = make(kernel, [parts, ...filterShape], [x, dy]);
      const gradient = make(sumParts(partial.size / parts, plan.cooperative), filterShape, [partial]);
      partial.dispose();
      return gradient;
    },

    padShortcut(x, stride, channels) {
      const [batch, height, width] = x.shape as [number, number, number];
      const output = [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels];
      const inFours = padShortcutWidth(x.shape[3]!, channels) === 4;
      const y = inFours ? storageFor(precision, channels) : 'f32';
      const kernel = padShortcut(shape4(x), stride, channels, backend.storageOf(x), y);
      return make(kernel, output, [x], y);
    },
    padShortcutGradient: (dy, stride, inputShape) =>
      make(padShortcutGradient(inputShape, stride, dy.shape[3]!), inputShape, [dy]),

    globalAveragePool: (x) =>
      make(globalAveragePool(shape4(x), backend.storageOf(x)), [x.shape[0], x.shape[3]!], [x]),
    globalAveragePoolGradient: (dy, inputShape) =>
      make(globalAveragePoolGradient(inputShape), inputShape, [dy]),

    dense(x, matrix, bias) {
      const [batch, inputs, outputs] = [x.shape[0], x.shape[1]!, bias.size];
      return make(dense(batch, inputs, outputs), [batch, outputs], [x, matrix, bias]);
    },
    denseGradient(dy, x, matrix) {
      const [inputs, outputs] = matrix.shape as [number, number];
      const dx = make(denseInputGradient(x.shape[0], inputs, outputs), x.shape, [dy, matrix]);
      const [dMatrix, dBias] = [backend.empty(matrix.shape), backend.empty([outputs])];
      backend.run(denseWeightGradient(inputs, outputs), { outputs: [dMatrix, dBias], inputs: [dy, x] });
      return { dx, dMatrix, dBias };
    },

    softmaxCrossEntropy(logits, labels, smoothing) {
      const [batch, classes] = logits.shape as [number, number];
      const classNumbers = composed.upload(Float32Array.from(labels), [batch]);
      const [dLogits, ofImage] = [backend.empty([batch, classes]), backend.empty([batch, 2])];
      backend.run(crossEntropy(batch, classes, smoothing), {
        outputs: [dLogits, ofImage],
        inputs: [logits, classNumbers],
      });
      const metrics = make(meanMetrics(), [2], [ofImage]);
      classNumbers.dispose();
      ofImage.dispose();
      return { metrics, dLogits };
    },

    add: (a, b) => average(a, b, 1, 1),
    multiply: (a, b) => make(product(a.size), a.shape, [a, b]),
    average,

    sgd: (state, gradient, mask, hyper) => update('sgd', state, gradient, mask, hyper),
    adam: (state, gradient, mask, hyper, step) =>
      update('adam', state, gradient, mask, { ...hyper, ...adamCorrections(step) }),
    rmsprop: (state, gradient, mask, hyper) => update('rmsprop', state, gradient, mask, hyper),
  };
}

const shape4 = ({ shape }: Tensor): Shape4 => shape as [number, number, number, number];

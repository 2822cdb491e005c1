/** The training operations on tf.js's WASM backend, with SIMD kernels of our own (assembly/) on its heap. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { createComposedOps } from '../../composed/composedOps.ts';
import type { Shape4, Stride, TrainingOps } from '../../ops.ts';
import { explainMemory } from '../../outOfMemory.ts';
import * as norm from './batchNorm.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { Heap } from './heap.ts';
import { compileKernels, instantiateKernels, type LoadModule } from './loadKernels.ts';
import { joinConvolution } from './inference.ts';
import { createOptimizers } from './optimizers.ts';
import { convolutionShape } from './shape.ts';
import type { StartHelper } from '../threads/control.ts';
import { singleThread, type ThreadPool } from '../threads/threadPool.ts';
import { startThreadPool } from '../threads/startThreadPool.ts';

export interface WasmResources {
  /** Gives the builds of the kernels, see scripts/buildKernels.ts. */
  readonly loadKernels: LoadModule;
  /** How many threads are to compute; `build` of the operations says how many do. More than one needs a backend that was started with as many. */
  readonly threads: number;
  /** Whether the others start only when `useThreads` asks for them: until then one computes. */
  readonly threadsLater?: boolean;
  readonly startHelper: StartHelper;
}

/** The operations on tf.js's present backend, which must be WASM: see startBackend. */
export async function createWasmOps({
  loadKernels,
  threads,
  threadsLater = false,
  startHelper,
}: WasmResources): Promise<TrainingOps<Tensor>> {
  const heap = new Heap();
  const { module, relaxed } = await compileKernels(loadKernels, heap.shared);
  const alone = singleThread(instantiateKernels(module, heap.memory));
  const startAll = () =>
    startThreadPool(module, heap, threads, startHelper).catch((error: unknown) => {
      // `build` says how many threads there are.
      console.warn('helper threads did not start', error);
      return alone;
    });
  const mayHelp = threads > 1 && heap.shared;
  let all: Promise<ThreadPool> | undefined = mayHelp && !threadsLater ? startAll() : undefined;
  let pool = (await all) ?? alone;
  let wanted = pool.parts;
  const { kernels } = alone;
  const composed = createComposedOps('wasm');
  /** A shortcut is told of as a convolution of one pixel. */
  const shortcut = (from: Shape4, outputs: number, stride: Stride) =>
    heap.shape(convolutionShape(from, [1, 1, from[3], outputs], stride));

  return {
    ...composed,
    build: { kernels: relaxed ? 'wasm-simd-relaxed' : 'wasm-simd', threads: pool.parts, adapter: '' },
    async useThreads(many) {
      wanted = many;
      if (wanted <= 1 || !mayHelp) pool = alone;
      else {
        const started = await (all ??= startAll());
        // Another number may have been asked for meanwhile.
        if (wanted > 1) pool = started;
      }
    },
    explain: (error) => explainMemory(error, heap.memory.buffer.byteLength),

    upload(values, shape) {
      const tensor = heap.tensor(shape);
      heap.numbers(tensor).set(values);
      return tensor;
    },

    view(flat, { offset, size, shape }) {
      const part = heap.tensor(shape);
      heap.numbers(part).set(heap.numbers(flat).subarray(offset, offset + size));
      return part;
    },
    pack(tensors, parts, length) {
      const flat = heap.tensor([length]);
      const numbers = heap.numbers(flat).fill(0);
      parts.forEach(({ offset }, i) => numbers.set(heap.numbers(tensors[i]!), offset));
      return flat;
    },

    conv2d: (x, filter, stride) => conv2d(heap, pool, x, filter, stride),
    conv2dInputGradient: (dy, filter, stride, inputShape) =>
      conv2dInputGradient(heap, pool, dy, filter, stride, inputShape),
    conv2dFilterGradient: (x, dy, stride, filterShape) =>
      conv2dFilterGradient(heap, pool, x, dy, stride, filterShape),

    batchNorm: (...given) => norm.batchNorm(heap, pool, ...given),
    batchNormInference: (...given) => norm.batchNormInference(heap, pool, ...given),
    joinConvolution: (...given) => joinConvolution(heap, () => pool, ...given),
    batchNormGradient: (...given) => norm.batchNormGradient(heap, pool, ...given),
    batchNormInferenceGradient: (...given) => norm.batchNormInferenceGradient(heap, pool, ...given),

    padShortcut(x, stride, outputs) {
      const [batch, height, width] = x.shape as Shape4;
      const y = heap.tensor([batch, Math.ceil(height / stride), Math.ceil(width / stride), outputs]);
      pool.run('padShortcut', heap.pointer(x), heap.pointer(y), shortcut(x.shape as Shape4, outputs, stride));
      return y;
    },
    padShortcutGradient(dy, stride, inputShape) {
      const dx = heap.tensor(inputShape);
      const shape = shortcut(inputShape, dy.shape.at(-1)!, stride);
      pool.run('padShortcutGradient', heap.pointer(dy), heap.pointer(dx), shape);
      return dx;
    },

    globalAveragePool(x) {
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const y = heap.tensor([batch, channels]);
      pool.run('averagePool', heap.pointer(x), heap.pointer(y), batch, height * width, channels);
      return y;
    },
    globalAveragePoolGradient(dy, inputShape) {
      const dx = heap.tensor(inputShape);
      const [batch, height, width, channels] = inputShape;
      pool.run('averagePoolGradient', heap.pointer(dy), heap.pointer(dx), batch, height * width, channels);
      return dx;
    },

    softmaxCrossEntropy(logits, labels, smoothing) {
      const output = { metrics: heap.tensor([2]), dLogits: heap.tensor(logits.shape) };
      const [metrics, dLogits] = [heap.numbers(output.metrics), heap.numbers(output.dLogits)];
      softmaxCrossEntropy(heap.numbers(logits), labels, { metrics, dLogits }, smoothing);
      return output;
    },

    add(a, b) {
      pool.run('add', heap.pointer(a), heap.pointer(b), heap.pointer(a), a.size);
      return a;
    },
    multiply(a, b) {
      const product = heap.tensor(a.shape);
      kernels.multiply(heap.pointer(a), heap.pointer(b), heap.pointer(product), a.size);
      return product;
    },
    average(a, b, keep, share) {
      kernels.average(heap.pointer(a), heap.pointer(b), keep, share, a.size);
      return a;
    },

    ...createOptimizers(heap, kernels),
  };
}

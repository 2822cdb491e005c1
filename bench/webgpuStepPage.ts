/** What webgpuStep.ts runs in the browser. */
import * as tf from '@tensorflow/tfjs';
import { startWebGpu } from '../src/kernels/webgpu/startWebGpu.ts';
import { createWebGpuOps } from '../src/kernels/webgpu/webgpuOps.ts';
import { parseRun } from '../src/model/config.ts';
import { createRandom } from '../src/model/random.ts';
import { Trainer } from '../src/training/trainer.ts';

export interface StepTimes {
  readonly adapter: string;
  /** Milliseconds. */
  readonly compile: number;
  readonly steps: readonly number[];
  readonly dispatches: number;
  readonly gpuBytes: number;
}

const batchOf = (size: number) => {
  const random = createRandom('bench');
  return {
    size,
    images: Float32Array.from({ length: size * 32 * 32 * 3 }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
  };
};

/** ResNet-`depth` through Trainer on our kernels. */
export async function timeOurs(depth: number, size: number, repetitions: number): Promise<StepTimes> {
  const webGpu = await startWebGpu();
  const { backend, adapter } = webGpu;
  const ops = createWebGpuOps(webGpu);
  const run = parseRun({ model: { depth }, batchSize: size, steps: 1 });
  const batch = batchOf(size);

  let start = performance.now();
  await backend.compileFor(
    () => {
      const rehearsal = new Trainer(ops, run);
      ops.dispose(rehearsal.step(batch, 0.1).metrics);
      rehearsal.dispose();
    },
    () => undefined,
  );
  const compile = performance.now() - start;

  const trainer = new Trainer(ops, run);
  const steps: number[] = [];
  for (let i = 0; i <= repetitions; i++) {
    start = performance.now();
    ops.dispose(trainer.step(batch, 0.01).metrics);
    await ops.synchronise();
    steps.push(performance.now() - start);
  }
  const before = backend.dispatches;
  ops.dispose(trainer.step(batch, 0.01).metrics);
  const dispatches = backend.dispatches - before;
  await ops.synchronise();
  trainer.dispose();
  // The first step warms up.
  return {
    adapter,
    compile,
    steps: steps.slice(1),
    dispatches,
    gpuBytes: backend.memory().numBytesAllocatedInGPU,
  };
}

/** The same net as a tf.js user would write it, through trainOnBatch on the stock kernels. Milliseconds, the first step left out. */
export async function timeStock(depth: number, size: number, repetitions: number): Promise<number[]> {
  const model = stockResNet(depth);
  model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'categoricalCrossentropy' });
  const { images, labels } = batchOf(size);
  const x = tf.tensor4d(images, [size, 32, 32, 3]);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
  const steps: number[] = [];
  for (let i = 0; i <= repetitions; i++) {
    const start = performance.now();
    await model.trainOnBatch(x, y);
    steps.push(performance.now() - start);
  }
  return steps.slice(1);
}

function stockResNet(depth: number): tf.LayersModel {
  const conv = (filters: number, strides: number, kernelSize: number) =>
    tf.layers.conv2d({
      filters,
      strides,
      kernelSize,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'heNormal',
    });
  const norm = (x: tf.SymbolicTensor) => tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
  const relu = (x: tf.SymbolicTensor) => tf.layers.reLU().apply(x) as tf.SymbolicTensor;
  const input = tf.input({ shape: [32, 32, 3] });
  let x = relu(norm(conv(16, 1, 3).apply(input) as tf.SymbolicTensor));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < (depth - 2) / 6; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const inner = relu(norm(conv(filters, strides, 3).apply(x) as tf.SymbolicTensor));
      const outer = norm(conv(filters, 1, 3).apply(inner) as tf.SymbolicTensor);
      // Option B: tf.layers has no padding of channels.
      const shortcut = strides === 2 ? norm(conv(filters, 2, 1).apply(x) as tf.SymbolicTensor) : x;
      x = relu(tf.layers.add().apply([outer, shortcut]) as tf.SymbolicTensor);
    }
  }
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: 10, activation: 'softmax' }).apply(pooled) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}

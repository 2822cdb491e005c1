import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../cli/node/dawn.ts';
import { describeParity } from '../../../test/parity.ts';
import { describeWholeNets } from '../../../test/wholeNet.ts';
import { parseRun } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import type { Precision } from '../../model/precision.ts';
import { createRandom } from '../../model/random.ts';
import { measureGraph } from '../../model/shapes.ts';
import { Trainer } from '../../training/trainer.ts';
import type { TensorLike, TrainingOps } from '../ops.ts';
import { createReferenceOps } from '../reference/reference.ts';
import type { Float64Tensor } from '../reference/tensor.ts';
import { planFor } from './tuning/planFor.ts';
import { startWebGpu } from './runtime/startWebGpu.ts';
import { createWebGpuOps } from './webgpuOps.ts';

const missing = await installWebGpu();

async function start(precision: Precision) {
  const webGpu = await startWebGpu();
  return { backend: webGpu.backend, ops: createWebGpuOps(webGpu, planFor(webGpu), precision) };
}
/** One device for all that looks at numbers alone: its kernels are compiled once. */
let shared: Promise<TrainingOps<Tensor>> | undefined;
const createOps = () => (shared ??= start('f16-storage').then(({ ops }) => ops));

describeParity('webgpu, f16 storage', createOps, {
  missing,
  names: ['residual8-A'],
  tolerance: { loss: 2e-3, norms: 2e-2 },
});
describeWholeNets('webgpu, f16 storage', createOps, { tolerance: 5e-3, missing, leakSteps: 20 });

function randomBatch(size: number) {
  const random = createRandom('batch');
  return {
    size,
    images: Float32Array.from({ length: size * 32 * 32 * 3 }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
  };
}

/** The number that f16 has nearest to `value`, of those that are finite. */
function nearestHalf(value: number): number {
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(value))));
  const unit = 2 ** (exponent - 10);
  return Math.max(-65504, Math.min(65504, Math.round(value / unit) * unit));
}

/** The reference with what the kernels store in f16 rounded to it. */
function createRoundingOps(): TrainingOps<Float64Tensor> {
  const ops = createReferenceOps();
  const rounded = (tensor: Float64Tensor) => {
    if (tensor.shape.at(-1)! % 4 === 0) tensor.data.set(tensor.data.map(nearestHalf));
    return tensor;
  };
  return {
    ...ops,
    conv2d: (...args) => rounded(ops.conv2d(...args)),
    batchNorm(...args) {
      const { y, moments } = ops.batchNorm(...args);
      return { y: rounded(y), moments };
    },
    padShortcut: (...args) => rounded(ops.padShortcut(...args)),
  };
}

/** The first step's gradient, flat. */
async function gradientOf<T extends TensorLike>(ops: TrainingOps<T>, model: object) {
  const trainer = new Trainer(ops, parseRun({ model, steps: 1 }));
  const { metrics, gradient } = trainer.step(randomBatch(8), 0.1, true);
  const values = [...(await ops.download(gradient!))];
  for (const tensor of [metrics, gradient!]) ops.dispose(tensor);
  trainer.dispose();
  return values;
}

describe.skipIf(missing !== null)(`a step with f16 storage${missing ? `, SKIPPED: ${missing}` : ''}`, () => {
  const nets = [
    ['plain', { depth: 8, block: 'plain', width: 4 }],
    ['option A', { depth: 8, width: 8 }],
    ['option B', { depth: 8, width: 4, shortcut: 'B' }],
    ['bottleneck', { depth: 11, width: 4, block: 'bottleneck', shortcut: 'C' }],
  ] as const;
  // f16 opens or closes a ReLU here and there, and the whole gradient through it is gone or new. The rounding reference does
  // the same until the last bit of f32 makes a number round otherwise.
  test.each(nets)(
    '%s: gradient as in float64 within 0.15 of its length, within 0.03 where that rounds as well',
    async (_, net) => {
      const actual = await gradientOf(await createOps(), net);
      const errorTo = (expected: readonly number[]) =>
        Math.hypot(...actual.map((value, i) => value - expected[i]!)) / Math.hypot(...expected);
      const [exact, rounding] = [
        await gradientOf(createReferenceOps(), net),
        await gradientOf(createRoundingOps(), net),
      ];
      expect(errorTo(exact)).toBeLessThan(0.15);
      expect(errorTo(rounding)).toBeLessThan(0.03);
    },
  );

  test('frees a third to a half of what the activations of a net of 20 layers take', async () => {
    const run = parseRun({ model: { depth: 20, width: 4 }, steps: 1 });
    const batch = randomBatch(8);
    const bytesOf = async (precision: Precision) => {
      const { backend, ops } = await start(precision);
      const trainer = new Trainer(ops, run);
      ops.dispose(trainer.step(batch, 0.1).metrics);
      const { numBytesAllocatedInGPU } = backend.memory();
      await ops.synchronise();
      trainer.dispose();
      return numBytesAllocatedInGPU;
    };
    const freed = (await bytesOf('f32')) - (await bytesOf('f16-storage'));
    const activations = 4 * batch.size * measureGraph(buildGraph(run.model)).activations;
    expect(freed / activations).toBeGreaterThan(1 / 3);
    expect(freed / activations).toBeLessThan(0.5);
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openNodeOps } from '../../../../cli/node/nodeDevice.ts';
import { faults, nonFiniteFaults } from '../../../../test/judge.ts';
import { convolution, joinedInference } from '../../../../test/networkCases.ts';
import { describeNumericSuite } from '../../../../test/numericSuite.ts';
import { describeParity } from '../../../../test/parity.ts';
import { describeWholeNets } from '../../../../test/wholeNet.ts';
import { parseRun } from '../../../model/config.ts';
import { laneMemory } from '../../../model/sizes.ts';
import { Trainer } from '../../../training/trainer.ts';
import { Heap } from './heap.ts';

const name = 'SIMD kernels on wasm';
const createOps = () => openNodeOps('wasm');

describeNumericSuite(name, createOps, { tolerance: 2e-6 });
describeWholeNets(name, createOps, { tolerance: 1e-5 });
describeParity(name, createOps);

describe(name, () => {
  let ops: Awaited<ReturnType<typeof createOps>>;
  beforeAll(async () => {
    ops = await createOps();
  });

  // The nets' own maps, more than one image and more than one strip of it; and channels that fill no panel.
  test.each([
    convolution(3, 1, [3, 32, 32, 16], 16),
    convolution(3, 1, [5, 16, 16, 32], 32),
    convolution(3, 1, [9, 8, 8, 64], 64),
    convolution(3, 1, [3, 6, 10, 20], 28),
    convolution(3, 1, [3, 32, 32, 8], 24),
    convolution(3, 2, [3, 32, 32, 16], 32),
    convolution(3, 2, [2, 15, 17, 12], 20),
    convolution(1, 2, [3, 31, 33, 16], 32),
  ])('$name: within 2e-6', async (numericCase) => {
    expect(await faults(numericCase, ops, 2e-6)).toEqual([]);
  });

  test.each([
    joinedInference(3, 1, [3, 32, 32, 16], 16, { hasResidual: true, relu: true }),
    joinedInference(3, 1, [5, 16, 16, 32], 32, { relu: true }),
    joinedInference(3, 1, [9, 8, 8, 64], 64, { hasResidual: true, relu: true }),
    joinedInference(3, 1, [2, 20, 28, 20], 40),
  ])('$name: within 1e-5', async (numericCase) => {
    expect(await faults(numericCase, ops, 2e-6)).toEqual([]);
  });

  test.each([NaN, Infinity])(
    'a %d before the tiles of 4 x 4 stays visible, in its image or its channel',
    async (wild) => {
      const found: string[] = [];
      for (const [input, spreads] of [
        ['x', 'image'],
        ['filter', 'channel'],
        ['affine', 'channel'],
        ['moments', 'channel'],
        ['residual', 'image'],
      ] as const) {
        const whole = joinedInference(3, 1, [2, 8, 8, 8], 8, { hasResidual: true, relu: true }, spreads);
        const { values, shape } = whole.inputs[input]!;
        const broken = { values: values.map((value, i) => (i === 3 ? wild : value)), shape };
        found.push(
          ...(await nonFiniteFaults({ ...whole, inputs: { ...whole.inputs, [input]: broken } }, ops, 1e-5)),
        );
      }
      expect(found).toEqual([]);
    },
  );

  test.each([
    ['plain-32', { depth: 32, block: 'plain', width: 4 }, 8],
    ['ResNet-44', { depth: 44, width: 4 }, 8],
    ['ResNet-20, option C', { depth: 20, width: 8, shortcut: 'C' }, 8],
    ['bottleneck-56', { depth: 56, width: 4, block: 'bottleneck' }, 4],
    ['a wide ResNet-8 with one image', { depth: 8, width: 64 }, 1],
  ] as const)('%s with recomputation holds what was predicted, within 5%%', (_, model, size) => {
    const run = parseRun({ model, batchSize: size, recompute: true, steps: 1 });
    const engine = tf.engine();
    const before = tf.memory().numBytes;
    let most = 0;
    const real = engine.makeTensorFromTensorInfo.bind(engine);
    const watched = vi.spyOn(engine, 'makeTensorFromTensorInfo').mockImplementation((...given) => {
      const tensor = real(...given);
      most = Math.max(most, tf.memory().numBytes - before);
      return tensor;
    });
    const trainer = new Trainer(ops, run);
    const batch = {
      images: new Float32Array(size * 3072).map((__, i) => Math.sin(i)),
      labels: new Uint8Array(size),
      size,
    };
    ops.dispose(trainer.step(batch, 0.01).metrics);
    trainer.dispose();
    watched.mockRestore();
    expect(tf.memory().numBytes).toBe(before);
    expect(most / laneMemory(run).bytes).toBeGreaterThan(0.95);
    expect(most / laneMemory(run).bytes).toBeLessThan(1.05);
  });

  test('the heap does not grow over 200 steps, with recomputation or without', () => {
    const trainers = [false, true].map(
      (recompute) => new Trainer(ops, parseRun({ model: { depth: 8, width: 8 }, steps: 1, recompute })),
    );
    const batch = { images: new Float32Array(4 * 3072).fill(0.5), labels: new Uint8Array(4), size: 4 };
    const { memory } = new Heap();
    let afterFirst = 0;
    for (let step = 0; step < 200; step++) {
      ops.dispose(trainers[step % 2]!.step(batch, 0.01).metrics);
      if (step === 1) afterFirst = memory.buffer.byteLength;
    }
    expect(memory.buffer.byteLength).toBe(afterFirst);
    for (const trainer of trainers) trainer.dispose();
  });
});

/** Branches train: each allowed change goes on, one that changes nothing equals its parent, and skips switched on are those of a ResNet. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openNodeOps } from '../cli/node/nodeDevice.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { branchCheckpoint } from '../src/model/branch.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../src/model/checkpoint.ts';
import { parseRun } from '../src/model/config.ts';
import { createRandom } from '../src/model/random.ts';
import { encodeSafetensors } from '../src/model/safetensors.ts';
import type { KeptCheckpoint } from '../src/protocol/protocol.ts';
import { Trainer } from '../src/training/trainer.ts';
import { endOf, small8, store, trainLanes, whole } from './keptLanes.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  ops = await openNodeOps('wasm');
});

const parent = small8({
  steps: 12,
  model: { depth: 8, width: 2, block: 'plain' },
  evaluation: { every: 0, images: 5 },
});
let trained: Awaited<ReturnType<typeof trainLanes>>[number];
beforeAll(async () => {
  [trained] = (await trainLanes(ops, [{ run: parent }])) as [typeof trained];
});
const momentAt = (step: number) =>
  trained.find(
    (message) => message.kind === 'checkpoint' && message.step === step,
  ) as unknown as KeptCheckpoint;

async function branchAt(step: number, changes: object) {
  const moment = momentAt(step);
  const run = parseRun({ ...parent, ...changes });
  const file = await encodeCheckpoint(branchCheckpoint(await decodeCheckpoint(moment.file), run));
  const [messages] = await trainLanes(ops, [{ run, from: { ...moment, file } }]);
  return { messages: messages!, run, file };
}

describe('a branch', () => {
  it('that changes nothing equals its parent bit for bit', async () => {
    for (const step of [0, 5, 8]) {
      const { messages, file } = await branchAt(step, {});
      expect(new Uint8Array(file)).toEqual(new Uint8Array(momentAt(step).file));
      expect(whole(store(messages, { ...store(trained), last: momentAt(step) }))).toEqual(
        whole(store(trained)),
      );
    }
  });

  it('that is given more steps equals a run that had them from the start', async () => {
    const long = parseRun({ ...parent, steps: 20 });
    const [alone] = await trainLanes(ops, [{ run: long }]);
    const { messages } = await branchAt(12, { steps: 20 });
    const before = { ...store(trained), last: momentAt(12) };
    expect(store(messages, before).points).toEqual(store(alone!).points);
    expect(store(messages, before).evaluations.at(-1)).toEqual(store(alone!).evaluations.at(-1));
  });

  it.each<[string, object]>([
    ['skips on', { model: { depth: 8, width: 2, block: 'basic' } }],
    ['learning rate', { optimizer: { ...parent.optimizer, learningRate: 0.01 } }],
    ['momentum and decay', { optimizer: { ...parent.optimizer, momentum: 0, weightDecay: 0.1 } }],
    ['Adam', { optimizer: { type: 'adam', learningRate: 0.001 } }],
    ['RMSprop', { optimizer: { type: 'rmsprop', learningRate: 0.001 } }],
    ['schedule', { schedule: { type: 'cosine', warmUp: { learningRate: 0.001, steps: 7 } } }],
    ['batch', { batchSize: 3 }],
    ['seed', { seed: 5 }],
    ['augmentation', { augment: 'none' }],
    ['normalisation', { normalisation: 'channel' }],
    ['order', { order: 'sequential' }],
    ['label smoothing', { labelSmoothing: 0.2 }],
    ['epochs', { steps: undefined, epochs: 2.2 }],
  ])('with another %s goes on from its moment, and another way', async (_, changes) => {
    const { messages } = await branchAt(5, changes);
    expect(endOf(messages)).toMatchObject({ reason: 'completed' });
    const { points } = store(messages, { ...store(trained), last: momentAt(5) });
    expect(points.slice(0, 5)).toEqual(store(trained).points.slice(0, 5));
    const isSame = JSON.stringify(points) === JSON.stringify(store(trained).points);
    expect(isSame).toBe(false);
  });

  it('whose skips are switched on is the ResNet of those weights', async () => {
    const { run, file } = await branchAt(8, { model: { depth: 8, width: 2, block: 'basic' } });
    const checkpoint = await decodeCheckpoint(file);
    const weights = [...checkpoint.tensors].filter(([name]) => !name.startsWith('optimizer.'));
    const random = createRandom('images');
    const batch = {
      size: 3,
      images: Float32Array.from({ length: 3 * 3072 }, random.normal),
      labels: Uint8Array.of(0, 1, 2),
    };
    const logitsOf = (of: Parameters<typeof branchCheckpoint>[1], from: ArrayBuffer | typeof checkpoint) =>
      ops.download(new Trainer(ops, of, from).logits(batch));
    const resNet = await logitsOf(run, encodeSafetensors(new Map(weights)));
    expect(await logitsOf(run, checkpoint)).toEqual(resNet);
    expect(await logitsOf(parent, await decodeCheckpoint(momentAt(8).file))).not.toEqual(resNet);
  });
});

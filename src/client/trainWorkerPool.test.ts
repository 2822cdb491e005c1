import { expect, test } from 'vitest';
import { parseRun } from '../model/config.ts';
import type { TrainCommand } from '../protocol/protocol.ts';
import { FakeWorker } from './testing/fakeWorker.ts';
import { createTrainWorkerPool, type PoolDevice } from './trainWorkerPool.ts';

const single: PoolDevice = { backend: 'wasm', threads: 1 };
const pair: PoolDevice = { backend: 'wasm', threads: 2 };

const runOf = (width: number, learningRate = 0.1) =>
  parseRun({
    model: { family: 'cifar', depth: 8, width },
    optimizer: { type: 'sgd', learningRate },
    steps: 1,
  });
const [small, large] = [runOf(8), runOf(16)];

function start() {
  const spawned: FakeWorker<TrainCommand, never>[] = [];
  const pool = createTrainWorkerPool(() => {
    const worker = new FakeWorker<TrainCommand, never>();
    spawned.push(worker);
    return worker;
  });
  return { pool, spawned };
}

test('warmed workers are handed out, then new ones', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small, small]);
  pool.warm(single, [small, small]);
  expect(spawned.map(({ sent }) => sent)).toEqual([
    [{ kind: 'warm', ...single, run: small }],
    [{ kind: 'warm', ...single, run: small }],
  ]);
  const taken = [pool.take(single), pool.take(single), pool.take(single)];
  expect(taken).toEqual(spawned);
  expect(new Set(taken).size).toBe(3);
  expect(spawned[2]!.sent).toEqual([]);
});

test('a worker that stores activations otherwise is another device', () => {
  const { pool, spawned } = start();
  const gpu: PoolDevice = { backend: 'webgpu', threads: 1 };
  const halves: PoolDevice = { ...gpu, precision: 'f16-storage' };
  pool.warm(halves, [small]);
  expect(spawned[0]!.sent).toEqual([{ kind: 'warm', ...halves, run: small }]);
  expect(pool.take(gpu)).toBe(spawned[1]);
  expect(pool.take(halves)).toBe(spawned[0]);
});

test('a worker on another device is never handed out, and ends when that device is no longer wanted', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small]);
  expect(pool.take(pair)).toBe(spawned[1]);
  pool.warm(pair, [small]);
  expect(spawned.map(({ ended }) => ended)).toEqual([true, false, false]);
  expect(pool.take(pair)).toBe(spawned[2]);
});

test('what is given back is ready again, past the wanted number it ends', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small]);
  const [first, second] = [pool.take(single), pool.take(single)];
  pool.give(single, first);
  pool.give(single, second);
  pool.give(pair, pool.take(pair));
  expect(spawned.map(({ ended }) => ended)).toEqual([false, true, true]);
  expect(pool.take(single)).toBe(first);
});

test('a worker that broke while it waited is replaced by a new one, which can tell its own failure', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small]);
  spawned[0]!.dispatchEvent(new Event('error'));
  expect(spawned[0]!.ended).toBe(true);
  expect(pool.take(single)).toBe(spawned[1]);
});

test('fewer workers are kept when fewer are wanted', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small, small, small]);
  pool.warm(single, [small]);
  expect(spawned.map(({ ended }) => ended)).toEqual([false, true, true]);
});

test('a run gets the worker that is ready for it, whatever its learning rate', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small, large]);
  expect(pool.take(single, runOf(16, 0.5))).toBe(spawned[1]);
  expect(pool.take(single, large)).toBe(spawned[0]);
});

test('what is borrowed and given back is still ready for its run', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small, large]);
  pool.give(single, pool.take(single));
  expect(pool.take(single, small)).toBe(spawned[0]);
});

test('other runs are got ready by the workers that nobody needs as they are', () => {
  const { pool, spawned } = start();
  pool.warm(single, [small, large]);
  pool.warm(single, [large, large]);
  expect(spawned.map(({ sent }) => sent.map((command) => 'run' in command && command.run))).toEqual([
    [small, large],
    [large],
  ]);
});

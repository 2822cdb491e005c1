import { expect, test } from 'vitest';
import type { TrainCommand } from './protocol.ts';
import { createTrainWorkerPool, type PoolDevice } from './trainWorkerPool.ts';

const single: PoolDevice = { backend: 'wasm', threads: 1 };
const pair: PoolDevice = { backend: 'wasm', threads: 2 };

/** Stands in for a worker: keeps what it was sent, and can break. */
class FakeWorker extends EventTarget {
  readonly sent: TrainCommand[] = [];
  ended = false;
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  postMessage(command: TrainCommand): void {
    this.sent.push(command);
  }
  terminate(): void {
    this.ended = true;
  }
}

function start() {
  const spawned: FakeWorker[] = [];
  const pool = createTrainWorkerPool(() => {
    const worker = new FakeWorker();
    spawned.push(worker);
    return worker;
  });
  return { pool, spawned };
}

test('warmed workers are handed out, then new ones', () => {
  const { pool, spawned } = start();
  pool.warm(single, 2);
  pool.warm(single, 2);
  expect(spawned.map(({ sent }) => sent)).toEqual([
    [{ kind: 'warm', ...single }],
    [{ kind: 'warm', ...single }],
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
  pool.warm(halves, 1);
  expect(spawned[0]!.sent).toEqual([{ kind: 'warm', ...halves }]);
  expect(pool.take(gpu)).toBe(spawned[1]);
  expect(pool.take(halves)).toBe(spawned[0]);
});

test('a worker on another device is never handed out, and ends when that device is no longer wanted', () => {
  const { pool, spawned } = start();
  pool.warm(single, 1);
  expect(pool.take(pair)).toBe(spawned[1]);
  pool.warm(pair, 1);
  expect(spawned.map(({ ended }) => ended)).toEqual([true, false, false]);
  expect(pool.take(pair)).toBe(spawned[2]);
});

test('what is given back is ready again, past the wanted number it ends', () => {
  const { pool, spawned } = start();
  pool.warm(single, 1);
  const [first, second] = [pool.take(single), pool.take(single)];
  pool.give(single, first);
  pool.give(single, second);
  pool.give(pair, pool.take(pair));
  expect(spawned.map(({ ended }) => ended)).toEqual([false, true, true]);
  expect(pool.take(single)).toBe(first);
});

test('a worker that broke while it waited is replaced by a new one, which can tell its own failure', () => {
  const { pool, spawned } = start();
  pool.warm(single, 1);
  spawned[0]!.dispatchEvent(new Event('error'));
  expect(spawned[0]!.ended).toBe(true);
  expect(pool.take(single)).toBe(spawned[1]);
});

test('fewer workers are kept when fewer are wanted', () => {
  const { pool, spawned } = start();
  pool.warm(single, 3);
  pool.warm(single, 1);
  expect(spawned.map(({ ended }) => ended)).toEqual([false, true, true]);
});

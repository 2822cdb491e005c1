import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { claimOf, PENDING, type StartHelper } from './control.ts';
import { startThreadPool } from './startThreadPool.ts';
import { HelperError } from './helperError.ts';

const LENGTH = 1000;
const [A, B, SUM] = [16384, 32768, 49152];
const bytes = await readFile(new URL('../build/kernels-shared.wasm', import.meta.url));
const module = await WebAssembly.compile(Uint8Array.from(bytes));

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

/** A helper on a thread of its own; with `tells`, its end is told. */
const threadOf =
  (tells: boolean): StartHelper =>
  async (start, onLost) => {
    const file = new URL('../../../../cli/node/kernelHelper.mjs', import.meta.url);
    const worker = new Worker(file, { workerData: start });
    workers.push(worker);
    await once(worker, 'message');
    if (tells) worker.on('exit', () => onLost('it has ended'));
  };
/** A helper that never comes. */
const absent: StartHelper = () => Promise.resolve();

async function pool(parts: number, startHelper: StartHelper, patience?: number) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 16384, shared: true });
  const heap = { memory, allocate: () => 1024 };
  const many = await startThreadPool(module, heap, parts, startHelper, patience);
  const numbers = (pointer: number) => new Float32Array(memory.buffer, pointer, LENGTH);
  const add = (one: number) => {
    numbers(A).forEach((_, i, a) => (a[i] = i));
    numbers(B).fill(one);
    many.run('add', A, B, SUM, LENGTH);
    return [...numbers(SUM)];
  };
  return { add, words: new Int32Array(memory.buffer, 1024) };
}
const sums = (one: number) => Array.from({ length: LENGTH }, (_, i) => i + one);

test.each([2, 3])('%i threads share every kernel, over and over', async (parts) => {
  const { add } = await pool(parts, threadOf(true));
  for (let one = 0; one < 2000; one++) expect(add(one)).toEqual(sums(one));
});

test('what no helper begins, the pool does itself', async () => {
  const { add } = await pool(3, absent);
  for (let one = 0; one < 5; one++) expect(add(one)).toEqual(sums(one));
});

test('a helper that ended unheard costs its help and nothing else', async () => {
  const { add } = await pool(2, threadOf(false));
  expect(add(1)).toEqual(sums(1));
  await workers[0]!.terminate();
  expect(add(2)).toEqual(sums(2));
});

test('a helper whose end is told ends the run: what happened, and what to do', async () => {
  const { add } = await pool(2, threadOf(true));
  await workers[0]!.terminate();
  await vi.waitFor(() => expect(() => add(1)).toThrow(HelperError));
  expect(() => add(1)).toThrow(/it has ended.*Train again/);
});

test('a helper that stops in the middle of its share is not waited for for ever', async () => {
  const { add, words } = await pool(2, absent, 100);
  Atomics.store(words, claimOf(1), 1);
  expect(() => add(1)).toThrow(HelperError);
  expect(Atomics.load(words, PENDING)).toBe(1);
  Atomics.store(words, claimOf(1), 2);
  expect(() => add(1)).toThrow(/not finished add in 0.1 seconds/);
});

import { expect, test } from 'vitest';
import { BufferPool } from './bufferPool.ts';

const STORAGE = 128;
const UNIFORM = 64;
const MEGABYTE = 2 ** 20;

/** Makes what looks like buffers, and counts those that are not destroyed. */
function start() {
  const alive = new Set<object>();
  const pool = new BufferPool({
    createBuffer({ size, usage }) {
      const buffer = { size, usage, destroy: () => void alive.delete(buffer) };
      alive.add(buffer);
      return buffer as unknown as GPUBuffer;
    },
  });
  return { pool, alive };
}

test('a released buffer is used again, but for another usage', () => {
  const { pool, alive } = start();
  const first = pool.acquireBuffer(1024, STORAGE);
  expect(pool.acquireBuffer(1024, STORAGE)).not.toBe(first);
  pool.releaseBuffer(first);
  expect(pool.acquireBuffer(1024, UNIFORM)).not.toBe(first);
  expect(pool.acquireBuffer(1024, STORAGE)).toBe(first);
  expect(alive.size).toBe(3);
});

test('of the free buffers the smallest that is large enough is taken, up to twice the size', () => {
  const { pool } = start();
  const [two, four, three] = [2, 4, 3].map((size) => pool.acquireBuffer(size * MEGABYTE, STORAGE));
  for (const buffer of [two!, four!, three!]) pool.releaseBuffer(buffer);
  expect(pool.acquireBuffer(MEGABYTE - 4, STORAGE).size).toBe(MEGABYTE - 4);
  expect(pool.acquireBuffer(2.5 * MEGABYTE, STORAGE)).toBe(three);
  expect(pool.acquireBuffer(2.5 * MEGABYTE, STORAGE)).toBe(four);
  expect(pool.acquireBuffer(MEGABYTE, STORAGE)).toBe(two);
});

test('small requests take their own size alone', () => {
  const { pool } = start();
  const buffer = pool.acquireBuffer(512, STORAGE);
  pool.releaseBuffer(buffer);
  expect(pool.acquireBuffer(508, STORAGE)).not.toBe(buffer);
});

test('bytes are those of the buffers, used and free', () => {
  const { pool } = start();
  const buffer = pool.acquireBuffer(2 * MEGABYTE, STORAGE);
  pool.releaseBuffer(buffer);
  expect([pool.numBytesUsed, pool.numBytesAllocated]).toEqual([0, 2 * MEGABYTE]);
  pool.acquireBuffer(1.5 * MEGABYTE, STORAGE);
  expect([pool.numBytesUsed, pool.numBytesAllocated]).toEqual([2 * MEGABYTE, 2 * MEGABYTE]);
});

test('what is not to be used again is destroyed, and so is all at the end', () => {
  const { pool, alive } = start();
  pool.releaseBuffer(pool.acquireBuffer(1024, STORAGE), false);
  expect([alive.size, pool.numBytesAllocated]).toEqual([0, 0]);
  pool.acquireBuffer(1024, STORAGE);
  pool.releaseBuffer(pool.acquireBuffer(2048, STORAGE));
  pool.dispose();
  expect([alive.size, pool.numBytesAllocated, pool.numBytesUsed]).toEqual([0, 0, 0]);
});

test('a buffer that nobody wanted for long is destroyed, one in use is not', () => {
  const { pool, alive } = start();
  pool.acquireBuffer(4096, STORAGE);
  pool.releaseBuffer(pool.acquireBuffer(2048, STORAGE));
  for (let i = 0; i < 20_000; i++) pool.releaseBuffer(pool.acquireBuffer(1024, STORAGE));
  expect([alive.size, pool.numBytesAllocated]).toEqual([2, 4096 + 1024]);
});

test('a buffer that is not in use cannot be released', () => {
  const { pool } = start();
  const buffer = pool.acquireBuffer(1024, STORAGE);
  pool.releaseBuffer(buffer);
  expect(() => pool.releaseBuffer(buffer)).toThrow(RangeError);
});

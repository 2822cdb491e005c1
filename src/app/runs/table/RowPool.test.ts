import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowPool } from './RowPool.ts';

const assigned = (pool: RowPool, keys: readonly string[], handsOn = true) => [...pool.assign(keys, handsOn).values()]; // prettier-ignore

test('what leaves hands its row to what comes; what stays keeps its own', () => {
  const pool = new RowPool();
  expect(assigned(pool, ['a', 'b', 'c'])).toEqual([0, 1, 2]);
  expect(assigned(pool, ['b', 'c', 'd'])).toEqual([1, 2, 0]);
  expect(assigned(pool, ['b', 'c', 'd', 'e'])).toEqual([1, 2, 0, 3]);
  expect(assigned(pool, ['x'])).toEqual([1]);
});

test('where nothing is handed on, what comes has a row of its own, and what stays keeps its own', () => {
  const pool = new RowPool();
  assigned(pool, ['a', 'b']);
  expect(assigned(pool, ['b', 'c'], false)).toEqual([1, 2]);
});

test('no two items have one row, whatever is scrolled, and the same twice changes nothing', () => {
  const window = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(window, fc.boolean())), (steps) => {
      const pool = new RowPool();
      for (const [keys, handsOn] of steps) {
        const rows = assigned(pool, keys, handsOn);
        expect(new Set(rows).size).toBe(keys.length);
        expect(assigned(pool, keys, handsOn)).toEqual(rows);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowPool } from './RowPool.ts';

/** Items are named by a letter; capitals are of another kind, digits of none. */
const kindOf = (key: string) => (/\d/.test(key) ? null : key === key.toLowerCase() ? 'small' : 'large');

function assigned(pool: RowPool, keys: string, handsOn = true): readonly number[] {
  const items = Array.from(keys, (key) => ({ key, kind: kindOf(key) }));
  pool.assign(items, handsOn);
  return items.map(({ key }) => pool.rowOf(key));
}

test('what leaves hands its row to what comes; what stays keeps its own', () => {
  const pool = new RowPool();
  expect(assigned(pool, 'abc')).toEqual([0, 1, 2]);
  expect(assigned(pool, 'bcd')).toEqual([1, 2, 0]);
  expect(assigned(pool, 'bcde')).toEqual([1, 2, 0, 3]);
  expect(assigned(pool, 'x')).toEqual([1]);
});

test('a row is handed on within its kind alone, and some are not', () => {
  const pool = new RowPool();
  expect(assigned(pool, 'aB1')).toEqual([0, 1, 2]);
  expect(assigned(pool, 'CD')).toEqual([1, 3]);
  expect(assigned(pool, '2e')).toEqual([4, 5]);
});

test('where nothing is handed on, what comes has a row of its own, and what stays keeps its own', () => {
  const pool = new RowPool();
  assigned(pool, 'ab');
  expect(assigned(pool, 'bc', false)).toEqual([1, 2]);
});

test('no two items have one row, whatever is scrolled, and the same twice changes nothing', () => {
  const window = fc.uniqueArray(fc.constantFrom(...Array.from('abcdeABCDE12')), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(window, fc.boolean())), (steps) => {
      const pool = new RowPool();
      for (const [keys, handsOn] of steps) {
        const rows = assigned(pool, keys.join(''), handsOn);
        expect(new Set(rows).size).toBe(keys.length);
        expect(assigned(pool, keys.join(''), handsOn)).toEqual(rows);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kendallTau } from './kendallTau.ts';

/** By its definition: over all pairs. */
function bruteForce(order: readonly number[]): number {
  let [inOrder, outOfOrder] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++) {
      if (order[i]! < order[j]!) inOrder++;
      else outOfOrder++;
    }
  }
  return (inOrder - outOfOrder) / (inOrder + outOfOrder);
}

test('tau is the share of pairs in order less that of pairs out of order', () => {
  const orders = fc
    .integer({ min: 2, max: 40 })
    .chain((length) => fc.shuffledSubarray([...Array(length).keys()], { minLength: length }));
  fc.assert(
    fc.property(orders, (order) => {
      expect(kendallTau(order)).toBeCloseTo(bruteForce(order), 12);
    }),
  );
});

test('tau of an order is 1, of its reverse -1, of one neighbour exchanged 1 - 4 / (n (n - 1))', () => {
  expect(kendallTau([0, 1, 2, 3, 4])).toBe(1);
  expect(kendallTau([4, 3, 2, 1, 0])).toBe(-1);
  expect(kendallTau([1, 0, 2, 3, 4])).toBeCloseTo(0.8, 12);
  expect([kendallTau([]), kendallTau([7])]).toEqual([1, 1]);
});

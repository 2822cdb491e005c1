import { expect, test } from 'vitest';
import { isOnLadder } from './ladder.ts';

test('the ladder has three steps in each power of ten, however many steps a run has', () => {
  const upTo = Array.from({ length: 16_001 }, (_, step) => step).filter(isOnLadder);
  expect(upTo).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]);
  for (let power = 100; power <= 1e9; power *= 10) {
    for (const digit of [1, 2, 5]) {
      expect([-1, 0, 1].map((near) => isOnLadder(digit * power + near))).toEqual([false, true, false]);
    }
    for (const digit of [3, 4, 6, 7, 8, 9, 1.5, 2.5]) expect(isOnLadder(digit * power)).toBe(false);
  }
});

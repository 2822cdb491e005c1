import { expect, test } from 'vitest';
import { TimeLeft } from './timeLeft.ts';

test('what is left follows from the pace since the first of it, once that is known', () => {
  const time = new TimeLeft();
  // What came before the first is no pace: the worker starts, and files come.
  expect(time.after(1, 101, 50)).toBeNull();
  expect(time.after(3, 101, 52)).toBeNull();
  expect(time.after(5, 101, 54)).toBeCloseTo(96);
  // At the same pace it counts down, at another one it follows.
  expect(time.after(55, 101, 104)).toBeCloseTo(46);
  expect(time.after(56, 101, 164)).toBeGreaterThan(80);
  expect(time.after(101, 101, 170)).toBeNull();
});

test('nothing is told of a look that does not get on', () => {
  const time = new TimeLeft();
  expect([time.after(0, 10, 0), time.after(0, 10, 60)]).toEqual([null, null]);
});

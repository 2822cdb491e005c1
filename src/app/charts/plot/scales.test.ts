import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  logTicks,
  niceTicks,
  placeTicks,
  shareOf,
  ticksOf,
  timeTicks,
  valueAt,
  type Scale,
} from './scales.ts';

test('ticks are round numbers inside the range', () => {
  expect(niceTicks(0, 300, 6)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  expect(niceTicks(0.5, 2.4, 4)).toEqual([0.5, 1, 1.5, 2]);
  expect(niceTicks(3, 3, 4)).toEqual([3]);
});

const anyScale: fc.Arbitrary<Scale> = fc
  .tuple(
    fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
    fc.double({ min: 1.05, max: 1e5, noNaN: true }),
    fc.boolean(),
  )
  .map(([from, ratio, isLog]) => ({ from, to: from * ratio, isLog }));

test('a share of a scale and its value are the same place, and both ends are where they should be', () => {
  fc.assert(
    fc.property(anyScale, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
      expect(shareOf(scale, valueAt(scale, share))).toBeCloseTo(share, 6);
      expect(shareOf(scale, scale.from)).toBeCloseTo(0, 9);
      expect(shareOf(scale, scale.to)).toBeCloseTo(1, 9);
    }),
  );
});

test('a logarithmic scale shows 0 and less far below, and never as no number', () => {
  const scale: Scale = { from: 0.1, to: 10, isLog: true };
  for (const value of [0, -1]) expect(shareOf(scale, value)).toBeLessThan(-1);
  expect(shareOf(scale, 1)).toBeCloseTo(0.5, 12);
});

test('ticks of a logarithmic axis are powers of ten, with 2 and 5 between few', () => {
  expect(logTicks(1, 10_000, 6)).toEqual([1, 10, 100, 1000, 10_000]);
  expect(logTicks(0.01, 1, 8)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  expect(logTicks(1, 1e9, 4)).toEqual([1, 1000, 1_000_000, 1_000_000_000]);
  expect(logTicks(3, 4, 5)).toEqual([3, 3.2, 3.4, 3.6, 3.8, 4]);
});

test('ticks lie on their scale, ascending, and not many more than asked for', () => {
  fc.assert(
    fc.property(anyScale, fc.integer({ min: 2, max: 8 }), (scale, count) => {
      const ticks = ticksOf(scale, count);
      expect(ticks.length).toBeLessThanOrEqual(count + 2);
      ticks.forEach((tick, i) => {
        expect(tick).toBeGreaterThanOrEqual(scale.from * (1 - 1e-6));
        expect(tick).toBeLessThanOrEqual(scale.to * (1 + 1e-6));
        if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
      });
    }),
  );
});

test('times have the steps of a clock', () => {
  expect(timeTicks(0, 60, 6)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  expect(timeTicks(0, 4000, 5)).toEqual([0, 900, 1800, 2700, 3600]);
  expect(timeTicks(61, 63, 4)).toEqual([61, 61.5, 62, 62.5, 63]);
});

test('no tick lies between two steps', () => {
  expect(placeTicks({ from: 3, to: 5, isLog: false }, 'step', 6)).toEqual([3, 4, 5]);
});

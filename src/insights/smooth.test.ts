import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smooth, Smoother } from './smooth.ts';

const weight = fc.double({ min: 0, max: 0.99, noNaN: true });
const series = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 200 });

test('weight 0 changes nothing', () => {
  expect([...smooth([3, 1, 2], 0)]).toEqual([3, 1, 2]);
});

test('a constant stays the constant from the first step on: the average has no bias', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight, (constant, w) => {
      for (const value of smooth(new Float64Array(50).fill(constant), w)) {
        expect(value).toBeCloseTo(constant, 9);
      }
    }),
  );
});

test('every value lies between the smallest and the largest so far', () => {
  fc.assert(
    fc.property(series, weight, (values, w) => {
      smooth(values, w).forEach((value, i) => {
        const seen = values.slice(0, i + 1);
        expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
      });
    }),
  );
});

test('later values do not change earlier averages', () => {
  fc.assert(
    fc.property(series, series, weight, (head, tail, w) => {
      const whole = smooth([...head, ...tail], w);
      expect([...whole.subarray(0, head.length)]).toEqual([...smooth(head, w)]);
    }),
  );
});

test('a NaN stays in its place and leaves the average alone', () => {
  const smoothed = smooth([1, NaN, 3], 0.5);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBe(smooth([1, 3], 0.5)[1]);
});

test('refuses a weight that never forgets', () => {
  expect(() => smooth([1], 1)).toThrow(RangeError);
});

test('a series that grows in packs is smoothed as if it had been there whole', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 20 }), weight, (packs, w) => {
      const smoother = new Smoother(w);
      const whole = packs.flat();
      let length = 0;
      for (const pack of packs) {
        length += pack.length;
        expect([...smoother.extend(whole.slice(0, length))]).toEqual([
          ...smooth(whole, w).subarray(0, length),
        ]);
      }
    }),
  );
});

test('what was read earlier stays, and can be read again', () => {
  const smoother = new Smoother(0.5);
  const values = Array.from({ length: 500 }, (_, i) => Math.sin(i));
  const early = smoother.extend(values.slice(0, 50));
  const copy = [...early];
  smoother.extend(values);
  expect([...early]).toEqual(copy);
  expect([...smoother.extend(values.slice(0, 50))]).toEqual(copy);
});

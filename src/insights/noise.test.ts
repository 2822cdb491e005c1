import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Noise } from './noise.ts';
import { smooth } from './smooth.ts';

test('of a constant there is none; of values that swing by one around nothing it is about one', () => {
  const constant = Array<number>(50).fill(3);
  expect(Math.max(...new Noise(0.9).extend(constant, smooth(constant, 0.9)))).toBeLessThan(1e-12);
  const swinging = Array.from({ length: 400 }, (_, i) => (i % 2 ? 1 : -1));
  const noise = new Noise(0.9).extend(swinging, smooth(swinging, 0.9));
  expect(noise.at(-1)).toBeGreaterThan(0.9);
  expect(noise.at(-1)).toBeLessThan(1.1);
});

test('a value that is no number has none, and changes nothing of the others', () => {
  const values = [1, 2, NaN, 1, Infinity, 2];
  const noise = new Noise(0.5).extend(values, smooth(values, 0.5));
  expect([...noise].map(Number.isFinite)).toEqual([true, true, false, true, false, true]);
});

test('in pieces it is what it is at once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 60 }),
      fc.nat(60),
      (values, at) => {
        const averages = smooth(values, 0.8);
        const pieces = new Noise(0.8);
        pieces.extend(values.slice(0, at), averages.slice(0, at));
        expect(pieces.extend(values, averages)).toEqual(new Noise(0.8).extend(values, averages));
      },
    ),
  );
});

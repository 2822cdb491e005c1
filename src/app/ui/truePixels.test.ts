import { expect, test } from 'vitest';
import { isPattern, pattern } from './truePixels.ts';

test('the pattern is opaque, and of all different pixels', () => {
  const pixels = pattern();
  const all = Array.from({ length: pixels.length / 4 }, (_, i) => [...pixels.subarray(4 * i, 4 * i + 4)]);
  expect(all.every(([, , , opacity]) => opacity === 255)).toBe(true);
  expect(new Set(all.map(String)).size).toBe(all.length);
});

test('white, noise, the last bit of one pixel, stripes, and nothing are not the pattern', () => {
  expect(isPattern(pattern())).toBe(true);
  expect(isPattern(pattern().fill(255))).toBe(false);
  expect(isPattern(pattern().map((value, i) => (i % 4 === 3 ? value : value ^ (i % 2))))).toBe(false);
  const bit = pattern();
  bit[401]! ^= 1;
  expect(isPattern(bit)).toBe(false);
  expect(isPattern(pattern().map((value, i) => (i % 64 < 32 ? value : 0)))).toBe(false);
  expect(isPattern(new Uint8ClampedArray(0))).toBe(false);
});

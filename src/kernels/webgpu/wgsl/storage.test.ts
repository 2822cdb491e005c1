import { expect, test } from 'vitest';
import { load, readHalves, storageFor } from './storage.ts';

test('reads the numbers of f16', () => {
  const words = Uint16Array.of(0x0000, 0x3c00, 0xc100, 0x7bff, 0xfbff, 0x0001, 0x03ff, 0x0400, 0x3555);
  const values = [0, 1, -2.5, 65504, -65504, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1365 * 2 ** -12];
  expect([...readHalves(words)]).toEqual(values);
  expect([...readHalves(Uint16Array.of(0x7c00, 0xfc00, 0x7e00, 0xfe00))]).toEqual([
    Infinity,
    -Infinity,
    NaN,
    NaN,
  ]);
});

test('leaves channels that do not come in fours in f32', () => {
  expect([3, 4, 6, 16].map((channels) => storageFor('f16-storage', channels))).toEqual([
    'f32',
    'f16',
    'f32',
    'f16',
  ]);
  expect(storageFor('f32', 16)).toBe('f32');
});

test('loads one channel out of the pair that holds it', () => {
  expect(load('f16', 1, 'x', 'at + 1')).toBe('unpack2x16float(x[(at + 1) / 2])[(at + 1) % 2]');
});

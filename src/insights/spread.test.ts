import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spread } from './spread.ts';

test('mean and sample std, as far as all series go', () => {
  const { mean, std } = new Spread().extend([
    [1, 2, 3],
    [3, 2],
    [5, 2, 9, 9],
  ]);
  expect([...mean]).toEqual([3, 2]);
  expect([...std]).toEqual([2, 0]);
});

test('one series is its own mean', () => {
  const { mean, std } = new Spread().extend([[0.5, 0.25]]);
  expect([...mean, ...std]).toEqual([0.5, 0.25, 0, 0]);
});

test('series that grow are averaged as if they had been there whole', () => {
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  const pair = fc.array(fc.tuple(value, value, value), { maxLength: 200 });
  fc.assert(
    fc.property(pair, fc.nat(), (rows, cut) => {
      const columns = (length: number) => [0, 1, 2].map((k) => rows.slice(0, length).map((row) => row[k]!));
      const grown = new Spread();
      grown.extend(columns(cut % (rows.length + 1)));
      expect(grown.extend(columns(rows.length))).toEqual(new Spread().extend(columns(rows.length)));
    }),
  );
});

import { expect, test } from 'vitest';
import { clock, duration, percent, points, roughRange } from './format.ts';

test('what is left is told coarsely', () => {
  expect([4.4, 12, 61, 119, 3599, 3700, 7260].map(duration)).toEqual([
    '4s',
    '10s',
    '1m',
    '2m',
    '1h',
    '1h 2m',
    '2h 1m',
  ]);
});

test('shares and points have one decimal, and NaN is no number', () => {
  expect([percent(0.6825), points(0.204), percent(NaN)]).toEqual(['68.3%', '20.4', 'NaN']);
});

test('a time on an axis is that of a clock', () => {
  expect([0, 5, 59.96, 65, 3600, 3725].map(clock)).toEqual(['0:00', '0:05', '1:00', '1:05', '1:00:00', '1:02:05']); // prettier-ignore
  expect(clock(0.5)).toMatch(/^0:00.5$/);
});

test.each([
  [42, 'about 30 to 50 s'],
  [165, 'about 2 to 3 min'],
  [330, 'about 5 to 6 min'],
  [5, 'about 10 s'],
  [20_000, 'about 5 h'],
])('%d s are told roughly', (seconds, text) => {
  expect(roughRange(seconds)).toBe(text);
});

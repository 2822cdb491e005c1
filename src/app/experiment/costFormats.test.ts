import { expect, test } from 'vitest';
import { memory, roughDuration, stepTime } from './costFormats.ts';

test('costs are written as coarsely as they are known', () => {
  expect([1.2e8, 9.99e8, 1.44e9].map(memory)).toEqual(['120 MB', '999 MB', '1.4 GB']);
  expect([0.0243, 0.099, 0.31, 12.34].map(stepTime)).toEqual(['24 ms', '99 ms', '0.31 s', '12 s']);
  expect([45, 170, 600, 7200, 40_000, 500_000].map(roughDuration)).toEqual([
    '45s',
    '2m 50s',
    '10m',
    '2h',
    '11 hours',
    '6 days',
  ]);
});

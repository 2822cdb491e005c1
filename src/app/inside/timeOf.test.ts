import { expect, test } from 'vitest';
import { timeOf } from './timeOf.ts';

test('the pace is each net\u2019s own, or the slowest of the others\u2019, and else a slow laptop\u2019s', () => {
  expect(timeOf([{ rate: 2e9 }, { rate: 4e9 }], [4e9, 4e9])).toEqual({ seconds: 3, isMeasured: true });
  expect(timeOf([{}, { rate: 4e9 }, { rate: 2e9 }], [8e9, 4e9, 2e9])).toEqual({
    seconds: 6,
    isMeasured: true,
  });
  expect(timeOf([{}, {}], [12e9, 24e9])).toEqual({ seconds: 3, isMeasured: false });
  expect(timeOf([{ rate: 0 }], [12e9])).toEqual({ seconds: 1, isMeasured: false });
});

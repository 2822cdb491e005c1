import { expect, test } from 'vitest';
import { plainErrors, publishedError, residualErrors } from './paper.ts';

test('the published net is found by kind and depth', () => {
  expect(publishedError({ block: 'basic', depth: 56, shortcut: 'A' })?.testError).toBe(6.97);
  expect(publishedError({ block: 'plain', depth: 20, shortcut: 'A' })?.approximate).toBe(true);
  expect(publishedError({ block: 'basic', depth: 56, shortcut: 'B' })).toBeUndefined();
  expect(publishedError({ block: 'bottleneck', depth: 56, shortcut: 'A' })).toBeUndefined();
});

test('the numbers tell the story: plain nets get worse with depth, residual nets better up to 110', () => {
  const errors = (rows: typeof plainErrors) => rows.map((row) => row.testError);
  expect(errors(plainErrors)).toEqual([...errors(plainErrors)].sort((a, b) => a - b));
  const upTo110 = errors(residualErrors.filter((row) => row.depth <= 110));
  expect(upTo110).toEqual([...upTo110].sort((a, b) => b - a));
});

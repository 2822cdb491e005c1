import { expect, test } from 'vitest';
import { logLabel, logScale } from './logScale.ts';

test('a logarithmic axis has the numbers that it has room for, each once', () => {
  const labels = (from: number, to: number) => {
    const scale = logScale([from, to], [100, 0]);
    return scale.ticks(3).map(scale.tickFormat(3));
  };
  expect(labels(0.003, 0.05)).toEqual(['0.001', '0.01', '0.1']);
  expect(labels(1e-9, 0.02)).toContain('10\u207b\u2078');
  for (const [from, to] of [
    [0.002, 0.004],
    [1, 1],
    [1e-12, 1e12],
  ] as const) {
    const all = labels(from, to);
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThan(12);
    expect(new Set(all).size).toBe(all.length);
  }
  const scale = logScale([0.01, 1], [100, 0]);
  expect([scale(0.01), scale(0.1), scale(1)]).toEqual([100, 50, 0]);
  expect(() => logScale([0, 1], [0, 1])).toThrow(RangeError);
});

test('far numbers are written as powers of ten', () => {
  expect([0.0001, 0.02, 1, 10_000].map(logLabel)).toEqual(['0.0001', '0.02', '1', '10,000']);
  expect([1e-5, 2e-6, 1e8, 5e12].map(logLabel)).toEqual(['10\u207b\u2075', '2\u00b710\u207b\u2076', '10\u2078', '5\u00b710\u00b9\u00b2']); // prettier-ignore
});

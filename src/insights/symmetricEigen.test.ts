import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symmetricEigen } from './symmetricEigen.ts';

test('a matrix that is known', () => {
  const { values, vectors } = symmetricEigen([
    [2, 1],
    [1, 2],
  ]);
  expect(values[0]).toBeCloseTo(3, 12);
  expect(values[1]).toBeCloseTo(1, 12);
  expect(Math.abs(vectors[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 12);
});

test('A v = lambda v, the vectors are orthonormal, the values descend; also of equal values and of zeros (1e-9)', () => {
  const entry = fc.oneof(fc.constant(0), fc.double({ min: -9, max: 9, noNaN: true }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.array(entry, { minLength: 49, maxLength: 49 }),
      (n, numbers) => {
        const matrix = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => numbers[7 * Math.max(i, j) + Math.min(i, j)]!)); // prettier-ignore
        const { values, vectors } = symmetricEigen(matrix);
        for (let k = 0; k < n; k++) {
          const image = matrix.map((row) => row.reduce((sum, value, j) => sum + value * vectors[k]![j]!, 0));
          image.forEach((value, i) =>
            expect(Math.abs(value - values[k]! * vectors[k]![i]!)).toBeLessThan(1e-9),
          );
          for (let l = 0; l < n; l++) {
            const product = vectors[k]!.reduce((sum, value, i) => sum + value * vectors[l]![i]!, 0);
            expect(Math.abs(product - Number(k === l))).toBeLessThan(1e-9);
          }
          if (k > 0) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
        }
      },
    ),
  );
});

import { describe, expect, test } from 'vitest';
import { createRandom } from '../model/random.ts';
import { readLinearly, RidgeSums } from './ridge.ts';

/** Features with large means, of which the last two depend on each other, and labels that follow from some of them. */
function samples(count: number, inputs: number, classes: number, seed = 1) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const row = Array.from({ length: inputs }, (_, i) => 20 * i + (1 + i) * random.normal());
    row[inputs - 1] = 2 * row[inputs - 2]! + 1e-3 * random.normal();
    return row;
  });
  const labels = rows.map((row) => Math.abs(Math.round(row[0]! + row[1]! - 20)) % classes);
  return { rows, labels };
}

/** Gaussian elimination with pivots, of another program's hand: a x = b. */
function eliminated(a: number[][], b: number[][]): number[][] {
  const n = a.length;
  const m = a.map((row, i) => [...row, ...b[i]!]);
  for (let j = 0; j < n; j++) {
    const best = m
      .slice(j)
      .reduce((at, row, i) => (Math.abs(row[j]!) > Math.abs(m[at]![j]!) ? i + j : at), j);
    [m[j], m[best]] = [m[best]!, m[j]!];
    for (let i = 0; i < n; i++) {
      if (i === j) continue;
      const factor = m[i]![j]! / m[j]![j]!;
      for (let k = j; k < m[i]!.length; k++) m[i]![k]! -= factor * m[j]![k]!;
    }
  }
  return m.map((row, i) => row.slice(n).map((value) => value / row[i]!));
}

describe('a ridge reading', () => {
  test.each([
    [60, 4, 3],
    [40, 9, 10],
    [300, 16, 10],
  ])(
    'of %d samples, %d features and %d classes is that of a direct solve with an intercept',
    (count, inputs, classes) => {
      const { rows, labels } = samples(count, inputs, classes);
      const sums = new RidgeSums(inputs, classes);
      // In parts, as batches come.
      const cut = Math.floor(count / 3);
      sums.add(rows.slice(0, cut).flat(), labels.slice(0, cut));
      sums.add(rows.slice(cut).flat(), labels.slice(cut));
      const found = sums.solve(1e-3)!;

      const means = Array.from(
        { length: inputs },
        (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / count,
      );
      const trace = rows.reduce(
        (sum, row) => sum + row.reduce((own, x, i) => own + (x - means[i]!) ** 2, 0),
        0,
      );
      const lambda = (1e-3 * trace) / inputs;
      // Normal equations of the features as they are, with a column of ones that nothing is added to.
      const full = rows.map((row) => [...row, 1]);
      const a = Array.from({ length: inputs + 1 }, (_, i) =>
        Array.from({ length: inputs + 1 }, (__, j) =>
          full.reduce((sum, row) => sum + row[i]! * row[j]!, i === j && i < inputs ? lambda : 0),
        ),
      );
      const b = Array.from({ length: inputs + 1 }, (_, i) =>
        Array.from({ length: classes }, (__, k) =>
          full.reduce((sum, row, n) => sum + row[i]! * Number(labels[n] === k), 0),
        ),
      );
      const direct = eliminated(a, b);
      for (let k = 0; k < classes; k++) {
        for (let i = 0; i < inputs; i++) expect(found.matrix[i * classes + k]).toBeCloseTo(direct[i]![k]!, 8);
        expect(found.bias[k]).toBeCloseTo(direct[inputs]![k]!, 7);
      }
      const read = readLinearly(found, rows.flat());
      rows.forEach((row, n) => {
        for (let k = 0; k < classes; k++) {
          const expected = row.reduce((sum, x, i) => sum + x * direct[i]![k]!, direct[inputs]![k]!);
          expect(read[n * classes + k]).toBeCloseTo(expected, 7);
        }
      });
    },
  );

  test('a feature that never changes is read as nothing; where none changes, or one is no number, there is no reading', () => {
    const constant = new RidgeSums(2, 2);
    constant.add([5, 0, 5, 1, 5, 2], [0, 1, 1]);
    expect([...constant.solve(1e-3)!.matrix.subarray(0, 2)].map(Math.abs)).toEqual([0, 0]);
    const nothing = new RidgeSums(2, 2);
    nothing.add([5, 1, 5, 1], [0, 1]);
    expect(nothing.solve(1e-3)).toBeNull();
    const missing = new RidgeSums(2, 2);
    missing.add([5, 1, NaN, 2], [0, 1]);
    expect(missing.solve(1e-3)).toBeNull();
    expect(new RidgeSums(2, 2).solve(1e-3)).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { verifyFacts } from './facts.ts';
import { DatasetBuildError } from './source.ts';
import type { Statistics } from './statistics.ts';

const train: Statistics = {
  images: 50_000,
  classes: Array<number>(10).fill(5000),
  firstLabels: [6, 9, 9, 4, 1, 1, 2, 7, 8, 3],
  mean: [0.49139968, 0.48215841, 0.44653091],
  deviation: [0.24703223, 0.24348513, 0.26158784],
  meanImage: new Float32Array(3072),
};
const test10k: Statistics = { ...train, images: 10_000, classes: Array<number>(10).fill(1000) };

test('CIFAR-10 is accepted', () => {
  verifyFacts({ train, test: test10k });
});

const wrong: readonly [string, Partial<Statistics>, RegExp][] = [
  ['a class too small', { classes: [4999, ...train.classes.slice(1)] }, /class 0: expected 5000, found 4999/],
  ['a mean off by 2e-6', { mean: [0.49139968, 0.48216041, 0.44653091] }, /training mean/],
  ['a deviation off by 2e-6', { deviation: [0.24703423, 0.24348513, 0.26158784] }, /training deviation/],
  ['no mean', { mean: [NaN, NaN, NaN] }, /training mean/],
  ['another order', { firstLabels: [9, 6, 9, 4, 1, 1, 2, 7, 8, 3] }, /first training labels/],
];
test.each(wrong)('%s is refused', (_, change, message) => {
  const verify = () => verifyFacts({ train: { ...train, ...change }, test: test10k });
  expect(verify).toThrow(DatasetBuildError);
  expect(verify).toThrow(message);
});

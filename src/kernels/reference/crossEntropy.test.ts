import { describe, expect, test } from 'vitest';
import { gradientError, normals } from '../../../test/finiteDifferences.ts';
import { createRandom } from '../../model/random.ts';
import { createReferenceOps } from './reference.ts';

const TOLERANCE = 1e-7;

const metricsOf = (
  logits: readonly number[],
  shape: readonly number[],
  labels: readonly number[],
  smoothing?: number,
) => {
  const ops = createReferenceOps();
  const { metrics } = ops.softmaxCrossEntropy(
    ops.upload(Float64Array.from(logits), shape),
    Uint8Array.from(labels),
    smoothing,
  );
  return [...metrics.data];
};

describe('metrics', () => {
  test('even logits cost the logarithm of the number of classes', () => {
    const [loss, error] = metricsOf([3, 3, 3, 3, 0, 0, 0, 0], [2, 4], [0, 2]);
    expect(loss).toBeCloseTo(Math.log(4), 12);
    // The first of equals counts as the largest.
    expect(error).toBe(0.5);
  });

  test('huge logits do not overflow', () => {
    expect(metricsOf([1000, 0, 1000, 0], [2, 2], [0, 1])).toEqual([500, 0.5]);
  });

  test.each([[NaN], [Infinity]])('a logit of %d makes the loss NaN and its row an error', (wild) => {
    expect(metricsOf([5, wild, 1, 0], [2, 2], [0, 0])).toEqual([NaN, wild === Infinity ? 0.5 : 0.5]);
  });

  test.each([
    [0.1, 1.3651824725032684],
    [0.3, 1.5776824725032683],
  ])('smoothed by %d costs what it does in PyTorch, and the error stays', (smoothing, cost) => {
    const [loss, error] = metricsOf([2, -1, 0.5, 0, 0, 1, -2, 3], [2, 4], [0, 1], smoothing);
    expect(loss).toBeCloseTo(cost, 14);
    expect(error).toBe(0.5);
  });

  test('smoothed by 0 is what it is without the word, to the bit', () => {
    const given = [
      [2, -Infinity, 0.5, 0.1, 1, -2],
      [2, 3],
      [0, 1],
    ] as const;
    expect(metricsOf(...given, 0)).toEqual(metricsOf(...given));
    expect(metricsOf(...given)[0]).toBeLessThan(Infinity);
  });

  test('refuses as many labels as there are not rows, and classes that there are not', () => {
    expect(() => metricsOf([1, 2], [1, 2], [0, 1])).toThrow(RangeError);
    expect(() => metricsOf([1, 2], [1, 2], [2])).toThrow(RangeError);
  });
});

describe(`dLogits within ${TOLERANCE} of finite differences`, () => {
  test.each([
    [4, 10, 0],
    [5, 7, 0],
    [1, 3, 0],
    [4, 10, 0.1],
    [5, 7, 0.3],
  ])('%i rows of %i classes, smoothed by %d', (batch, classes, smoothing) => {
    const ops = createReferenceOps();
    const random = createRandom('cross-entropy');
    const logits = ops.upload(normals(random, [batch, classes]), [batch, classes]);
    const labels = Uint8Array.from({ length: batch }, () => random.integer(classes));
    const { dLogits } = ops.softmaxCrossEntropy(logits, labels, smoothing);
    const forward = () => ops.softmaxCrossEntropy(logits, labels, smoothing).metrics;
    const lossAlone = ops.upload(Float64Array.of(1, 0), [2]);
    expect(gradientError(logits, dLogits, forward, lossAlone)).toBeLessThan(TOLERANCE);
  });
});

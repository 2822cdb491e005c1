import { describe, expect, test } from 'vitest';
import { gradientError, normals } from '../../../test/finiteDifferences.ts';
import { createRandom } from '../../model/random.ts';
import type { Shape4 } from '../ops.ts';
import { createReferenceOps } from './reference.ts';

const TOLERANCE = 1e-9;

const SHAPES: readonly Shape4[] = [
  [2, 5, 7, 3],
  [1, 6, 4, 2],
];
const SHORTCUTS = SHAPES.flatMap((shape) =>
  ([1, 2] as const).flatMap((stride) =>
    [0, 1, 4].map((grown) => ({
      shape,
      stride,
      channels: shape[3] + grown,
      name: `[${shape.join(', ')}] stride ${stride} -> ${shape[3] + grown} channels`,
    })),
  ),
);

function given() {
  const ops = createReferenceOps();
  const random = createRandom('layers');
  return { ops, upload: (shape: readonly number[]) => ops.upload(normals(random, shape), shape) };
}

describe('forward', () => {
  test('padShortcut keeps every second pixel and puts half of the new channels in front', () => {
    const { ops } = given();
    const x = ops.upload(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), [1, 3, 3, 1]);
    expect([...ops.padShortcut(x, 2, 3).data]).toEqual([0, 1, 0, 0, 3, 0, 0, 7, 0, 0, 9, 0]);
    expect([...ops.padShortcut(x, 2, 2).data]).toEqual([1, 0, 3, 0, 7, 0, 9, 0]);
  });

  test('globalAveragePool averages over the pixels of an image', () => {
    const { ops } = given();
    const x = ops.upload(Float64Array.of(1, 10, 3, 30, 5, 50, 7, 70), [2, 1, 2, 2]);
    expect([...ops.globalAveragePool(x).data]).toEqual([2, 20, 6, 60]);
  });

  test('dense is x matrix + bias', () => {
    const { ops } = given();
    const x = ops.upload(Float64Array.of(1, 2, 3, 4), [2, 2]);
    const matrix = ops.upload(Float64Array.of(1, 0, 10, 0, 1, 100), [2, 3]);
    const bias = ops.upload(Float64Array.of(0.5, 0, -1), [3]);
    expect([...ops.dense(x, matrix, bias).data]).toEqual([1.5, 2, 209, 3.5, 4, 429]);
  });
});

describe(`gradients within ${TOLERANCE} of finite differences`, () => {
  test.each(SHORTCUTS)('padShortcut $name', ({ shape, stride, channels }) => {
    const { ops, upload } = given();
    const x = upload(shape);
    const forward = () => ops.padShortcut(x, stride, channels);
    const dy = upload(forward().shape);
    const dx = ops.padShortcutGradient(dy, stride, shape);
    expect(gradientError(x, dx, forward, dy)).toBeLessThan(TOLERANCE);
  });

  test.each(SHAPES)('globalAveragePool [%i, %i, %i, %i]', (...shape) => {
    const { ops, upload } = given();
    const x = upload(shape);
    const forward = () => ops.globalAveragePool(x);
    const dy = upload(forward().shape);
    const dx = ops.globalAveragePoolGradient(dy, shape);
    expect(gradientError(x, dx, forward, dy)).toBeLessThan(TOLERANCE);
  });

  test('dense', () => {
    const { ops, upload } = given();
    const [x, matrix, bias, dy] = [upload([3, 5]), upload([5, 4]), upload([4]), upload([3, 4])];
    const forward = () => ops.dense(x, matrix, bias);
    const { dx, dMatrix, dBias } = ops.denseGradient(dy, x, matrix);
    expect(gradientError(x, dx, forward, dy)).toBeLessThan(TOLERANCE);
    expect(gradientError(matrix, dMatrix, forward, dy)).toBeLessThan(TOLERANCE);
    expect(gradientError(bias, dBias, forward, dy)).toBeLessThan(TOLERANCE);
  });
});

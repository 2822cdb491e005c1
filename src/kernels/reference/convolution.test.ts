import { describe, expect, test } from 'vitest';
import { gradientError, normals } from '../../../test/finiteDifferences.ts';
import { createRandom } from '../../model/random.ts';
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { createReferenceOps } from './reference.ts';

const TOLERANCE = 1e-9;

const CASES = ([1, 3] as const).flatMap((kernel) =>
  ([1, 2] as const).flatMap((stride) =>
    (
      [
        [2, 5, 7, 3],
        [1, 6, 4, 3],
        [2, 1, 2, 3],
      ] as const
    ).map((shape) => ({
      kernel,
      stride,
      shape,
      name: `${kernel}x${kernel} stride ${stride} [${shape.join(', ')}]`,
    })),
  ),
);

function given(kernel: 1 | 3, stride: Stride, inputShape: Shape4) {
  const ops = createReferenceOps();
  const random = createRandom('convolution');
  const filterShape: FilterShape = [kernel, kernel, 3, 4];
  const x = ops.upload(normals(random, inputShape), inputShape);
  const filter = ops.upload(normals(random, filterShape), filterShape);
  const y = ops.conv2d(x, filter, stride);
  const dy = ops.upload(normals(random, y.shape), y.shape);
  return { ops, x, filter, filterShape, y, dy, forward: () => ops.conv2d(x, filter, stride) };
}

describe('conv2d', () => {
  test('pads by (k - 1) / 2 on every side, also where the stride is 2', () => {
    const ops = createReferenceOps();
    const ramp = ops.upload(
      Float64Array.from({ length: 16 }, (_, i) => i),
      [1, 4, 4, 1],
    );
    const ones = ops.upload(new Float64Array(9).fill(1), [3, 3, 1, 1]);
    // Windows centred on pixels (0, 0), (0, 2), (2, 0) and (2, 2): 0+1+4+5, 1+2+3+5+6+7, ...
    expect([...ops.conv2d(ramp, ones, 2).data]).toEqual([10, 24, 51, 90]);
  });

  test('a 1x1 filter mixes the channels of every second pixel', () => {
    const ops = createReferenceOps();
    const x = ops.upload(Float64Array.of(1, 2, 9, 9, 3, 4), [1, 1, 3, 2]);
    const filter = ops.upload(Float64Array.of(1, 10, 100, 1000), [1, 1, 2, 2]);
    expect([...ops.conv2d(x, filter, 2).data]).toEqual([201, 2010, 403, 4030]);
  });

  test.each(CASES)('$name leaves ceil(size / stride) pixels', ({ kernel, stride, shape }) => {
    const [batch, height, width] = shape;
    expect(given(kernel, stride, shape).y.shape).toEqual([
      batch,
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      4,
    ]);
  });

  test('refuses a filter for other channels', () => {
    const ops = createReferenceOps();
    const x = ops.upload(new Float64Array(18), [1, 3, 3, 2]);
    const filter = ops.upload(new Float64Array(27), [3, 3, 3, 1]);
    expect(() => ops.conv2d(x, filter, 1)).toThrow(RangeError);
  });
});

describe(`gradients within ${TOLERANCE} of finite differences`, () => {
  test.each(CASES)('conv2dInputGradient $name', ({ kernel, stride, shape }) => {
    const { ops, x, filter, dy, forward } = given(kernel, stride, shape);
    const dx = ops.conv2dInputGradient(dy, filter, stride, shape);
    expect(gradientError(x, dx, forward, dy)).toBeLessThan(TOLERANCE);
  });

  test.each(CASES)('conv2dFilterGradient $name', ({ kernel, stride, shape }) => {
    const { ops, x, filter, filterShape, dy, forward } = given(kernel, stride, shape);
    const dFilter = ops.conv2dFilterGradient(x, dy, stride, filterShape);
    expect(gradientError(filter, dFilter, forward, dy)).toBeLessThan(TOLERANCE);
  });
});

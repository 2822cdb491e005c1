import { describe, expect, test } from 'vitest';
import { gradientError, normals } from '../../../test/finiteDifferences.ts';
import { createRandom } from '../../model/random.ts';
import { BATCH_NORM_EPSILON, type Shape4 } from '../ops.ts';
import { createReferenceOps } from './reference.ts';

const TOLERANCE = 1e-7;
/** Central differences cannot see past a ReLU's kink: every number must stay further from it than a nudge moves it. */
const KINK_DISTANCE = 1e-3;

const SHAPES: readonly Shape4[] = [
  [2, 5, 7, 3],
  [3, 6, 4, 2],
];
const CASES = SHAPES.flatMap((shape) =>
  [false, true].flatMap((hasResidual) =>
    [false, true].map((relu) => ({
      shape,
      hasResidual,
      relu,
      name: `[${shape.join(', ')}]${hasResidual ? ', residual' : ''}${relu ? ', ReLU' : ''}`,
    })),
  ),
);

function given(shape: Shape4, hasResidual: boolean, relu: boolean) {
  const ops = createReferenceOps();
  const random = createRandom(5);
  const upload = (shape: readonly number[]) => ops.upload(normals(random, shape), shape);
  const x = upload(shape);
  const affine = upload([2, shape[3]]);
  const dy = upload(shape);
  const residual = hasResidual ? upload(shape) : null;
  const { y, moments } = ops.batchNorm(x, affine, residual, relu);
  const beforeRelu = ops.batchNorm(x, affine, residual, false).y;
  return {
    ops,
    x,
    affine,
    residual,
    dy,
    y,
    moments,
    kinkDistance: relu ? Math.min(...beforeRelu.data.map(Math.abs)) : Infinity,
    forward: () => ops.batchNorm(x, affine, residual, relu).y,
    gradients: ops.batchNormGradient(dy, y, x, affine, moments, hasResidual, relu),
  };
}

describe('batchNorm', () => {
  test('normalises by the mean and the biased variance of a channel', () => {
    const ops = createReferenceOps();
    const x = ops.upload(Float64Array.of(1, 10, 3, 10, 5, 10, 7, 10), [2, 1, 2, 2]);
    const affine = ops.upload(Float64Array.of(2, 1, 0.5, -1), [2, 2]);
    const { y, moments } = ops.batchNorm(x, affine, null, false);
    expect([...moments.data]).toEqual([4, 10, 5, 0]);
    const deviation = Math.sqrt(5 + BATCH_NORM_EPSILON);
    [1, 3, 5, 7].forEach((value, i) => {
      expect(y.data[2 * i]).toBeCloseTo((2 * (value - 4)) / deviation + 0.5, 12);
      expect(y.data[2 * i + 1]).toBe(-1);
    });
  });

  test('ReLU comes after the residual', () => {
    const { y, ops, x, affine, residual } = given([1, 2, 3, 2], true, true);
    const alone = ops.batchNorm(x, affine, null, false).y;
    const expected = [...alone.data].map((value, i) => Math.max(0, value + residual!.data[i]!));
    expect([...y.data]).toEqual(expected);
  });

  test('inference with the moments of the batch gives what training gives', () => {
    const { ops, x, affine, residual, moments, y } = given([2, 5, 7, 3], true, true);
    expect(ops.batchNormInference(x, affine, moments, residual, true).data).toEqual(y.data);
  });
});

describe(`batchNormGradient within ${TOLERANCE} of finite differences`, () => {
  test.each(CASES)('$name', ({ shape, hasResidual, relu }) => {
    const { x, affine, residual, dy, kinkDistance, forward, gradients } = given(shape, hasResidual, relu);
    expect(kinkDistance).toBeGreaterThan(KINK_DISTANCE);
    expect(gradientError(x, gradients.dx, forward, dy)).toBeLessThan(TOLERANCE);
    expect(gradientError(affine, gradients.dAffine, forward, dy)).toBeLessThan(TOLERANCE);
    if (residual) {
      expect(gradientError(residual, gradients.dResidual!, forward, dy)).toBeLessThan(TOLERANCE);
    } else {
      expect(gradients.dResidual).toBeNull();
    }
  });
});

describe(`batchNormInferenceGradient within ${TOLERANCE} of finite differences`, () => {
  test.each(CASES)('$name', ({ shape, hasResidual, relu }) => {
    const ops = createReferenceOps();
    const random = createRandom('evaluation');
    const upload = (of: readonly number[]) => ops.upload(normals(random, of), of);
    const [x, affine, dy] = [upload(shape), upload([2, shape[3]]), upload(shape)];
    const residual = hasResidual ? upload(shape) : null;
    const moments = ops.upload(
      Float64Array.from({ length: 2 * shape[3] }, () => 0.1 + random.uniform()),
      [2, shape[3]],
    );
    const forward = () => ops.batchNormInference(x, affine, moments, residual, relu);
    const beforeRelu = ops.batchNormInference(x, affine, moments, residual, false);
    if (relu) expect(Math.min(...beforeRelu.data.map(Math.abs))).toBeGreaterThan(KINK_DISTANCE);
    const { dx, dResidual } = ops.batchNormInferenceGradient(
      dy,
      forward(),
      affine,
      moments,
      hasResidual,
      relu,
    );
    expect(gradientError(x, dx, forward, dy)).toBeLessThan(TOLERANCE);
    if (residual) expect(gradientError(residual, dResidual!, forward, dy)).toBeLessThan(TOLERANCE);
    else expect(dResidual).toBeNull();
  });
});

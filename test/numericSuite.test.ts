/** The suite itself is tested: the reference passes it, and what is subtly wrong does not. */
import { describe, expect, test } from 'vitest';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { createReferenceOps } from '../src/kernels/reference/reference.ts';
import type { Float64Tensor } from '../src/kernels/reference/tensor.ts';
import { flatCases } from './flatCases.ts';
import { faults } from './judge.ts';
import { networkCases } from './networkCases.ts';
import { describeNumericSuite } from './numericSuite.ts';

type Ops = TrainingOps<Float64Tensor>;

/** The most that any backend's suite allows. */
const TOLERANCE = 5e-6;

describeNumericSuite('reference', () => Promise.resolve(createReferenceOps()), { tolerance: 0 });

/** What a tf "same" convolution of stride 2 sees of images with even sides: everything one pixel further. */
function oneFurther(ops: Ops, x: Float64Tensor): Float64Tensor {
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const moved = x.data.map((_, i) => {
    const column = Math.floor(i / channels) % width;
    const row = Math.floor(i / (channels * width)) % height;
    return column + 1 < width && row + 1 < height ? x.data[i + (width + 1) * channels]! : 0;
  });
  return ops.upload(moved, x.shape);
}

/** E[x^2] - E[x]^2 in float32. */
function unstableMoments(x: Float64Tensor): Float64Array {
  const channels = x.shape[3]!;
  const count = x.data.length / channels;
  const sums = new Float32Array(2 * channels);
  x.data.forEach((value, i) => {
    sums[i % channels]! += value;
    sums[channels + (i % channels)]! += Math.fround(value * value);
  });
  const means = sums.map((sum) => sum / count);
  return Float64Array.from(means, (mean, i) =>
    i < channels ? mean : Math.fround(mean - Math.fround(means[i - channels]! ** 2)),
  );
}

function changed(tensor: Float64Tensor, change: (value: number, index: number) => number): Float64Tensor {
  tensor.data.set(tensor.data.map(change));
  return tensor;
}

let calls = 0;

const WRONG: readonly { wrong: string; fault: RegExp; change: (ops: Ops) => Partial<Ops> }[] = [
  {
    wrong: "a convolution that pads as tf's 'same' does",
    fault: /stride 2.*: y is off/,
    change: (ops) => ({
      conv2d(x, filter, stride) {
        const even = stride === 2 && filter.shape[0] === 3 && x.shape[1]! % 2 === 0 && x.shape[2]! % 2 === 0;
        if (!even) return ops.conv2d(x, filter, stride);
        const moved = oneFurther(ops, x);
        const y = ops.conv2d(moved, filter, stride);
        ops.dispose(moved);
        return y;
      },
    }),
  },
  {
    wrong: 'an input gradient of the wrong sign',
    fault: /dx is off/,
    change: (ops) => ({
      conv2dInputGradient: (...args) => changed(ops.conv2dInputGradient(...args), (value) => -value),
    }),
  },
  {
    wrong: 'a filter gradient that is off in one weight',
    fault: /dFilter is off/,
    change: (ops) => ({
      conv2dFilterGradient: (...args) =>
        changed(ops.conv2dFilterGradient(...args), (value, i) => (i === 0 ? value * 1.001 : value)),
    }),
  },
  {
    wrong: 'an unbiased variance',
    fault: /moments is off/,
    change: (ops) => ({
      batchNorm(x, affine, residual, relu) {
        const { y, moments } = ops.batchNorm(x, affine, residual, relu);
        const channels = x.shape[3]!;
        const count = x.data.length / channels;
        changed(moments, (value, i) => (i < channels ? value : (value * count) / (count - 1)));
        return { y, moments };
      },
    }),
  },
  {
    wrong: 'a variance of float32 squares',
    fault: /mean 100: (moments|y|dx|dAffine) is off/,
    change: (ops) => ({
      batchNorm(x, affine, residual, relu) {
        const moments = ops.upload(unstableMoments(x), [2, x.shape[3]!]);
        return { y: ops.batchNormInference(x, affine, moments, residual, relu), moments };
      },
    }),
  },
  {
    wrong: 'a gradient that goes through where ReLU was closed',
    fault: /dResidual is off/,
    change: (ops) => ({
      batchNormGradient: (dy, y, x, affine, moments, hasResidual) =>
        ops.batchNormGradient(dy, y, x, affine, moments, hasResidual, false),
    }),
  },
  {
    wrong: 'a gradient in evaluation that goes through where ReLU was closed',
    fault: /batchNormInferenceGradient.*ReLU: dx is off/,
    change: (ops) => ({
      batchNormInferenceGradient: (dy, y, affine, moments, hasResidual) =>
        ops.batchNormInferenceGradient(dy, y, affine, moments, hasResidual, false),
    }),
  },
  {
    wrong: 'a shortcut whose new channels all stand behind',
    fault: /padShortcut.*: y is off/,
    change: (ops) => ({
      padShortcut(x, stride, channels) {
        const y = ops.padShortcut(x, stride, channels);
        const front = Math.floor((channels - x.shape[3]!) / 2);
        const { data } = y;
        data.copyWithin(0, front);
        return y;
      },
    }),
  },
  {
    wrong: 'Adam without the correction of its bias',
    fault: /adam.*: parameters is off/,
    change: (ops) => ({
      adam: (state, gradient, mask, hyper) => ops.adam(state, gradient, mask, hyper, 1e9),
    }),
  },
  {
    wrong: 'weight decay that does not see the mask',
    fault: /sgd, masked weight decay: parameters is off/,
    change: (ops) => ({ sgd: (state, gradient, _, hyper) => ops.sgd(state, gradient, null, hyper) }),
  },
  {
    wrong: 'a packed tensor with something in its gaps',
    fault: /packed is off/,
    change: (ops) => ({
      pack: (...args) => changed(ops.pack(...args), (value) => (value === 0 ? 1e-9 : value)),
    }),
  },
  {
    wrong: 'a running average that keeps its argument',
    fault: /average: .*2 tensors more, for 1 outputs/,
    change: (ops) => ({
      average(a, b, keep, share) {
        const copy = ops.view(a, { offset: 0, size: a.data.length, shape: a.shape });
        const kept = ops.pack([copy], [{ offset: 0, size: a.data.length, shape: a.shape }], a.data.length);
        ops.dispose(copy);
        return ops.average(kept, b, keep, share);
      },
    }),
  },
  {
    wrong: 'a leak',
    fault: /tensors are left over/,
    change: (ops) => ({
      dense(x, matrix, bias) {
        ops.upload(Float64Array.of(0), [1]);
        return ops.dense(x, matrix, bias);
      },
    }),
  },
  {
    wrong: 'a product into its argument',
    fault: /the argument a was changed/,
    change: (ops) => ({
      multiply(a, b) {
        const product = ops.multiply(a, b);
        a.data.set(product.data);
        return product;
      },
    }),
  },
  {
    wrong: 'a product that depends on what went before',
    fault: /product differs from run to run/,
    change: (ops) => ({
      multiply: (a, b) => changed(ops.multiply(a, b), (value) => value * (1 + 1e-12 * calls++)),
    }),
  },
];

describe('the suite finds', () => {
  test.each(WRONG)('$wrong', async ({ fault, change }) => {
    const ops = createReferenceOps();
    const wrong = { ...ops, ...change(ops) };
    const found: string[] = [];
    for (const numericCase of [...networkCases, ...flatCases]) {
      const faultsOfCase = await faults(numericCase, wrong, TOLERANCE);
      found.push(...faultsOfCase.map((text) => `${numericCase.name}: ${text}`));
    }
    expect(found).toContainEqual(expect.stringMatching(fault));
  });
});

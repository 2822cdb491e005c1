import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../cli/node/dawn.ts';
import { faults } from '../../../test/judge.ts';
import {
  type Draw,
  type NumericCase,
  asHalves,
  normal,
  numericCase,
  positive,
} from '../../../test/numericCase.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type ConvPlan, hardwarePlan, softwarePlan } from './tuning/convPlan.ts';
import { gpuVariants, variantsFor } from './tuning/convVariant.ts';
import { startWebGpu } from './runtime/startWebGpu.ts';
import { createWebGpuOps } from './webgpuOps.ts';

const missing = await installWebGpu();
const webGpu = missing === null ? await startWebGpu() : null;
const noQuads = missing ?? (webGpu?.quads ? null : 'subgroups are not of four here');
const skipped = missing === null ? '' : `, SKIPPED: ${missing}`;
const open = (plan: ConvPlan) => createWebGpuOps(webGpu!, plan, 'f16-storage');

/** f16 has 11 bits: what is rounded to it is off by 2^-11, or by 2^-10 where a device rounds towards zero. */
const ROUNDING = 1e-3;
const TOLERANCE = 1e-5;

/** The number `variant` of each convolution. */
const variantPlan = (number: number): ConvPlan => ({
  cooperative: true,
  work(role, shape, batch) {
    const fitting = variantsFor(gpuVariants, role, shape);
    return fitting[number % fitting.length]!.work(shape, batch);
  },
});

const plans: [name: string, plan: ConvPlan, missing: string | null][] = [
  ['without barriers', softwarePlan(false), missing],
  ['without barriers, in quads', softwarePlan(true), noQuads],
  ['with workgroup memory', hardwarePlan, missing],
];
for (const [name, plan, why] of plans) {
  describeNumericSuite(`WebGPU, f16 storage, ${name}`, () => Promise.resolve(open(plan)), {
    tolerance: TOLERANCE,
    rounding: ROUNDING,
    nonFiniteWidths: [3, 4, 16],
    nonFiniteSide: 8,
    nonFiniteValues: [NaN], // an infinity is stored as NaN
    missing: why,
  });
}

/** Numbers that f16 holds: what a shortcut of stride 1 stores of them, it stores without an error. */
const halves = (shape: readonly number[]): Draw => asHalves(normal(shape));

function convolution(kernel: 1 | 3, stride: Stride, input: Shape4, outChannels: number): NumericCase {
  const filter: FilterShape = [kernel, kernel, input[3], outChannels];
  const output = [input[0], Math.ceil(input[1] / stride), Math.ceil(input[2] / stride), outChannels];
  return numericCase(
    `${kernel}x${kernel} stride ${stride}, [${input.join(', ')}] -> ${outChannels}`,
    { x: halves(input), filter: normal(filter), dy: normal(output) },
    (ops, { x, filter: weights, dy }) => {
      const stored = ops.padShortcut(x, 1, input[3]);
      const y = ops.conv2d(stored, weights, stride);
      const dFilter = ops.conv2dFilterGradient(stored, dy, stride, filter);
      ops.dispose(stored);
      return { y, dFilter };
    },
  );
}

/** Stored x, and y in f32: channels that do not come in fours. */
const intoF32 = [
  convolution(3, 1, [2, 10, 35, 8], 5),
  convolution(3, 2, [2, 17, 35, 4], 6),
  convolution(1, 2, [1, 19, 34, 16], 3),
];
const intoF16 = [
  convolution(3, 1, [2, 10, 35, 8], 12),
  convolution(3, 2, [1, 16, 32, 16], 32),
  convolution(1, 2, [1, 19, 34, 16], 8),
];

const maps = [
  numericCase(
    'batch norm, its gradient, and the mean',
    {
      x: halves([3, 7, 11, 8]),
      residual: halves([3, 7, 11, 8]),
      affine: normal([2, 8]),
      dy: normal([3, 7, 11, 8]),
    },
    (ops, { x, residual, affine, dy }) => {
      const [storedX, storedResidual] = [ops.padShortcut(x, 1, 8), ops.padShortcut(residual, 1, 8)];
      const { y, moments } = ops.batchNorm(storedX, affine, storedResidual, true);
      const { dx, dAffine, dResidual } = ops.batchNormGradient(dy, y, storedX, affine, moments, true, true);
      const mean = ops.globalAveragePool(storedX);
      for (const tensor of [storedX, storedResidual, y]) ops.dispose(tensor);
      return { moments, dx, dAffine, dResidual: dResidual!, mean };
    },
    { slack: 4 },
  ),
  numericCase(
    'the gradient of batch norm in evaluation',
    {
      y: halves([3, 7, 11, 8]),
      affine: normal([2, 8]),
      moments: positive([2, 8]),
      dy: normal([3, 7, 11, 8]),
    },
    (ops, { y, affine, moments, dy }) => {
      const stored = ops.padShortcut(y, 1, 8);
      const { dx, dResidual } = ops.batchNormInferenceGradient(dy, stored, affine, moments, true, true);
      ops.dispose(stored);
      return { dx, dResidual: dResidual! };
    },
  ),
  numericCase(
    'a shortcut whose new channels do not come in fours',
    { x: halves([2, 6, 5, 4]) },
    (ops, { x }) => {
      const stored = ops.padShortcut(x, 1, 4);
      const y = ops.padShortcut(stored, 2, 8);
      ops.dispose(stored);
      return { y };
    },
  ),
];

const allPlans = [...plans, ...[1, 2, 3].map((n) => [`variant ${n}`, variantPlan(n), missing] as const)];
describe.each(allPlans)('kernels %s read what is stored in f16', (_, plan, why) => {
  const each = (cases: readonly NumericCase[]) => cases.map((one) => [one.name, one] as const);
  test.skipIf(why !== null).each(each([...intoF32, ...maps]))('%s: within 1e-5', async (__, one) => {
    expect(await faults(one, open(plan), TOLERANCE)).toEqual([]);
  });
  test.skipIf(why !== null).each(each(intoF16))('%s: stored again, within 1e-3', async (__, one) => {
    expect(await faults(one, open(plan), ROUNDING)).toEqual([]);
  });
});

describe.skipIf(missing !== null)(`f16 storage${skipped}`, () => {
  test('keeps what is too large at the largest f16, and makes NaN of what is not finite', async () => {
    const ops = open(hardwarePlan);
    const values = Float32Array.of(1e6, -1e6, 65504, -65520, Infinity, -Infinity, NaN, -2.5);
    const x = ops.upload(values, [1, 1, 2, 4]);
    const stored = ops.padShortcut(x, 1, 4);
    expect([...(await ops.download(stored))]).toEqual([65504, -65504, 65504, -65504, NaN, NaN, NaN, -2.5]);
    for (const tensor of [x, stored]) ops.dispose(tensor);
  });

  test('takes half the memory for outputs of convolutions, batch norms and shortcuts', async () => {
    const bytesOf = (precision: 'f32' | 'f16-storage') => {
      const ops = createWebGpuOps(webGpu!, softwarePlan(false), precision);
      const { backend } = webGpu!;
      const x = ops.upload(new Float32Array(2048), [2, 16, 16, 4]);
      const filter = ops.upload(new Float32Array(16), [1, 1, 4, 4]);
      const affine = ops.upload(new Float32Array(8), [2, 4]);
      const used = (make: () => ReturnType<typeof ops.conv2d>) => {
        const before = backend.memory().numBytesInGPU;
        const made = make();
        const { numBytesInGPU } = backend.memory();
        return [made, numBytesInGPU - before] as const;
      };
      // What goes to the device at first use is not to be counted.
      ops.dispose(ops.conv2d(x, filter, 1));
      const [y, ofConvolution] = used(() => ops.conv2d(x, filter, 1));
      const { y: normalised, moments } = ops.batchNorm(y, affine, null, true);
      const [inference, ofNorm] = used(() => ops.batchNormInference(y, affine, moments, null, true));
      const [shortcut, ofShortcut] = used(() => ops.padShortcut(y, 1, 4));
      for (const tensor of [x, filter, affine, y, normalised, moments, inference, shortcut])
        ops.dispose(tensor);
      return [ofConvolution, ofNorm, ofShortcut];
    };
    expect(bytesOf('f32')).toEqual([8192, 8192, 8192]);
    expect(bytesOf('f16-storage')).toEqual([4096, 4096, 4096]);
    await webGpu!.backend.idle();
  });
});

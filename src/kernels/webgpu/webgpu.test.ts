import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../cli/dawn.ts';
import { faults } from '../../../test/judge.ts';
import { type NumericCase, normal, numericCase } from '../../../test/numericCase.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type ConvPlan, hardwarePlan, softwarePlan } from './convPlan.ts';

const missing = await installWebGpu();
const TOLERANCE = 1e-5;

async function createOps(plan: ConvPlan) {
  const { startWebGpu } = await import('./startWebGpu.ts');
  const { createWebGpuOps } = await import('./webgpuOps.ts');
  return createWebGpuOps(await startWebGpu(), plan);
}

/** More than the suite asks: several tiles and blocks side by side, the last ones cut off; chunks that do not come out even. */
function convolution(kernel: 1 | 3, stride: Stride, input: Shape4, outChannels: number): NumericCase {
  const filter: FilterShape = [kernel, kernel, input[3], outChannels];
  const output = [input[0], Math.ceil(input[1] / stride), Math.ceil(input[2] / stride), outChannels];
  return numericCase(
    `${kernel}x${kernel} stride ${stride}, [${input.join(', ')}] -> ${outChannels}`,
    { x: normal(input), filter: normal(filter), dy: normal(output) },
    (ops, { x, filter: weights, dy }) => ({
      y: ops.conv2d(x, weights, stride),
      dx: ops.conv2dInputGradient(dy, weights, stride, input),
      dFilter: ops.conv2dFilterGradient(x, dy, stride, filter),
    }),
  );
}

const cases = [
  convolution(3, 1, [2, 10, 35, 8], 12),
  convolution(3, 2, [2, 17, 35, 8], 20),
  convolution(3, 2, [1, 16, 32, 16], 32),
  convolution(1, 2, [1, 19, 34, 16], 8),
  convolution(1, 1, [1, 9, 17, 64], 4),
  convolution(3, 1, [1, 8, 8, 64], 64),
  numericCase(
    'batch norm of 231 positions',
    { x: normal([3, 7, 11, 8], 5), affine: normal([2, 8]), dy: normal([3, 7, 11, 8]) },
    (ops, { x, affine, dy }) => {
      const { y, moments } = ops.batchNorm(x, affine, null, true);
      const { dx, dAffine } = ops.batchNormGradient(dy, y, x, affine, moments, false, true);
      return { y, moments, dx, dAffine };
    },
    { slack: 4 },
  ),
];

const plans = [
  ['WebGPU without barriers', softwarePlan(false)],
  ['WebGPU without barriers, in quads', softwarePlan(true)],
  ['WebGPU with workgroup memory', hardwarePlan],
] as const;

for (const [name, plan] of plans) {
  describeNumericSuite(name, () => createOps(plan), { tolerance: TOLERANCE, missing });

  describe.skipIf(missing !== null)(
    `${name}, maps of many tiles${missing ? `, SKIPPED: ${missing}` : ''}`,
    () => {
      test.each(cases.map((numericCase) => [numericCase.name, numericCase] as const))(
        '%s: within 1e-5',
        async (_, numericCase) => {
          expect(await faults(numericCase, await createOps(plan), TOLERANCE)).toEqual([]);
        },
      );
    },
  );
}

import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../cli/node/dawn.ts';
import { faults } from '../../../test/judge.ts';
import { type NumericCase, normal, numericCase } from '../../../test/numericCase.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';
import type { FilterShape, Shape4, Stride } from '../ops.ts';
import { type ConvPlan, hardwarePlan, softwarePlan } from './tuning/convPlan.ts';
import { gpuVariants, variantsFor } from './tuning/convVariant.ts';
import { startWebGpu } from './runtime/startWebGpu.ts';
import { createWebGpuOps } from './webgpuOps.ts';

const missing = await installWebGpu();
const webGpu = missing === null ? await startWebGpu() : null;
const noQuads = missing ?? (webGpu?.quads ? null : 'subgroups are not of four here');
const TOLERANCE = 1e-5;

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

const convolutions = [
  convolution(3, 1, [2, 10, 35, 8], 12),
  convolution(3, 2, [2, 17, 35, 8], 20),
  convolution(3, 2, [1, 16, 32, 16], 32),
  convolution(1, 2, [1, 19, 34, 16], 8),
  convolution(1, 1, [1, 9, 17, 64], 4),
  // A pipeline of the suite's, where it is compiled by size.
  convolution(3, 1, [1, 4, 4, 64], 64),
  convolution(3, 2, [2, 9, 13, 3], 5),
  // Images: the gradient of a net's input.
  convolution(3, 1, [2, 10, 35, 3], 16),
  // Rows that the filter gradient's parts do not divide evenly.
  convolution(3, 1, [5, 9, 6, 4], 4),
];

const cases = [
  ...convolutions,
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

const plans: [name: string, plan: ConvPlan, missing: string | null][] = [
  ['WebGPU without barriers', softwarePlan(false), missing],
  ['WebGPU without barriers, in quads', softwarePlan(true), noQuads],
  ['WebGPU with workgroup memory', hardwarePlan, missing],
];

function describeCases(name: string, plan: ConvPlan, why: string | null, of: readonly NumericCase[]): void {
  const title = `${name}, maps of many tiles${why === null ? '' : `, SKIPPED: ${why}`}`;
  describe.skipIf(why !== null)(title, () => {
    test.each(of.map((numericCase) => [numericCase.name, numericCase] as const))(
      '%s: within 1e-5',
      async (_, numericCase) => {
        expect(await faults(numericCase, createWebGpuOps(webGpu!, plan), TOLERANCE)).toEqual([]);
      },
    );
  });
}

for (const [name, plan, why] of plans) {
  const createOps = () => Promise.resolve(createWebGpuOps(webGpu!, plan));
  describeNumericSuite(name, createOps, {
    tolerance: TOLERANCE,
    nonFiniteWidths: [3, 4, 16],
    nonFiniteSide: 8,
    missing: why,
  });
  describeCases(name, plan, why, cases);
}

// The favourites are hardwarePlan's.
for (const number of [1, 2, 3]) {
  const plan: ConvPlan = {
    cooperative: true,
    work(role, shape, batch) {
      const fitting = variantsFor(gpuVariants, role, shape);
      return fitting[number % fitting.length]!.work(shape, batch);
    },
  };
  describeCases(`WebGPU, variant ${number} of each convolution`, plan, missing, convolutions);
}

test('there are as many variants as are tested', () => {
  expect(Object.values(gpuVariants).map(({ length }) => length)).toEqual([4, 4, 4]);
});

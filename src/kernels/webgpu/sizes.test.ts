import { expect, test } from 'vitest';
import { convShape } from './convShape.ts';
import { softwarePlan } from './convPlan.ts';
import { gpuVariants } from './convVariant.ts';
import { declareSizes, sharedSizes } from './sizes.ts';

test('sizes are numbers in the source, or in a uniform in the order of their declaration', () => {
  const sizes = { height: 8, width: 16 };
  expect(declareSizes(sizes, false, 3)).toContain('const sizes = Sizes(8, 16);');
  expect(declareSizes(sizes, true, 3)).toMatch(
    /struct Sizes \{ height: i32, width: i32 \}\n@group\(0\) @binding\(3\) var<uniform>/,
  );
  expect(sharedSizes(sizes, true)).toEqual({ sizes: [8, 16] });
  expect(sharedSizes(sizes, false)).toEqual({});
});

test('on software adapters the layers of a stage share their kernels with those of the others; on GPUs each has its own', () => {
  const wide = convShape([4, 32, 32, 16], [3, 3, 16, 16], 1);
  const deep = convShape([4, 8, 8, 64], [3, 3, 64, 64], 1);
  const plan = softwarePlan(true);
  for (const role of ['forward', 'inputGradient', 'filterGradient'] as const) {
    const [one, other] = [plan.work(role, wide, 4).kernel, plan.work(role, deep, 4).kernel];
    expect(one.label).toBe(other.label);
    expect(one.wgsl()).toBe(other.wgsl());
    expect(one.sizes).not.toEqual(other.sizes);
    for (const variant of gpuVariants[role]) {
      const [fixed, others] = [variant.work(wide, 4).kernel, variant.work(deep, 4).kernel];
      expect(fixed.label).not.toBe(others.label);
      expect(fixed.sizes).toBeUndefined();
    }
  }
});

test('kernels of one label have one source', () => {
  const sources = new Map<string, string>();
  const plan = softwarePlan(true);
  for (const width of [1, 2, 3, 4, 7, 8, 9, 16, 17, 32]) {
    for (const channels of [1, 3, 4, 8, 12, 16]) {
      for (const kernel of [1, 3] as const) {
        for (const stride of [1, 2] as const) {
          const shape = convShape([2, 5, width, channels], [kernel, kernel, channels, 2 * channels], stride);
          for (const role of ['forward', 'inputGradient', 'filterGradient'] as const) {
            const work = plan.work(role, shape, 2);
            const { label } = work.kernel;
            const source = work.kernel.wgsl();
            expect(sources.get(label) ?? source, label).toBe(source);
            sources.set(label, source);
          }
        }
      }
    }
  }
});

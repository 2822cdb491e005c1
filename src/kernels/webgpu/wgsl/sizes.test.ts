import { expect, test } from 'vitest';
import { chunkMoments } from '../norm/chunkMoments.ts';
import { mergeMoments } from '../norm/mergeMoments.ts';
import { normalise } from '../norm/normalise.ts';
import { affineGradient } from '../norm/affineGradient.ts';
import { chunkGradientSums } from '../norm/chunkGradientSums.ts';
import { inferenceGradient } from '../norm/inferenceGradient.ts';
import { inputGradient } from '../norm/inputGradient.ts';
import { channelShape } from '../norm/channelShape.ts';
import { convShape } from '../conv/convShape.ts';
import { softwarePlan } from '../tuning/convPlan.ts';
import { gpuVariants } from '../tuning/convVariant.ts';
import { type Kernel, moduleOf } from './kernel.ts';
import { sizesOf } from './sizes.ts';

const roles = ['forward', 'inputGradient', 'filterGradient'] as const;

test('sizes are numbers in the source, or in a uniform in the order of their declaration', () => {
  const values = { height: 8, width: 16 };
  const [constant, uniform] = [sizesOf(values, false), sizesOf(values, true)];
  expect(constant.declare(3)).toContain('const sizes = Sizes(8, 16);');
  expect(constant.bound).toBeNull();
  expect(uniform.declare(3)).toMatch(
    /struct Sizes \{ height: i32, width: i32 \}\n@group\(0\) @binding\(3\) var<uniform>/,
  );
  expect(uniform.bound).toEqual([8, 16]);
});

test('on software adapters the layers of a stage share their kernels with those of the others; on GPUs each has its own', () => {
  const wide = convShape([4, 32, 32, 16], [3, 3, 16, 16], 1);
  const deep = convShape([4, 8, 8, 64], [3, 3, 64, 64], 1);
  const plan = softwarePlan(true);
  for (const role of roles) {
    const [one, other] = [plan.work(role, wide, 4).kernel, plan.work(role, deep, 4).kernel];
    expect(one.label).toBe(other.label);
    expect(moduleOf(one)).toBe(moduleOf(other));
    expect(one.bindings.sizes?.bound).not.toEqual(other.bindings.sizes?.bound);
    for (const variant of gpuVariants[role]) {
      const [fixed, others] = [variant.work(wide, 4).kernel, variant.work(deep, 4).kernel];
      expect(fixed.label).not.toBe(others.label);
      expect(fixed.bindings.sizes?.bound ?? null).toBeNull();
    }
  }
});

test('convolutions of one label have one source', () => {
  const sources = new Map<string, string>();
  const plans = [softwarePlan(true), softwarePlan(false)];
  const stored = [{}, { x: 'f16', y: 'f16' }] as const;
  for (const [width, channels] of pairs([1, 2, 3, 4, 7, 8, 9, 16, 17, 32], [1, 3, 4, 8, 12, 16])) {
    for (const [kernel, stride] of pairs([1, 3], [1, 2])) {
      const filter = [kernel, kernel, channels, 2 * channels] as const;
      for (const [storage, plan] of pairs(stored, plans)) {
        if (channels % 4 !== 0 && 'x' in storage) continue;
        const shape = convShape([2, 5, width, channels], filter, stride, storage);
        for (const role of roles) {
          const work = plan.work(role, shape, 2);
          expectOneSource(sources, work.kernel);
        }
      }
    }
  }
});

test("batch norm's kernels of one label have one source", () => {
  const sources = new Map<string, string>();
  for (const [channels, cooperative] of pairs([1, 3, 4, 8, 12, 16, 64], [true, false])) {
    const shape = channelShape([2, 5, 7, channels]);
    for (const [f16, relu] of pairs([true, false], [true, false])) {
      const x = f16 && channels % 4 === 0 ? 'f16' : 'f32';
      const maps = { x, y: relu ? x : null } as const;
      const kernels = [
        chunkMoments(shape, x, cooperative),
        mergeMoments(shape, x, cooperative),
        affineGradient(shape, cooperative),
        chunkGradientSums(shape, maps, cooperative),
        ...[true, false].flatMap((residual) => [
          normalise(shape, { x, y: x, residual: residual ? x : null }, relu, cooperative),
          inputGradient(shape, maps, residual, cooperative),
          inferenceGradient(shape, maps.y, residual, cooperative),
        ]),
      ];
      for (const kernel of kernels) expectOneSource(sources, kernel);
    }
  }
});

function expectOneSource(sources: Map<string, string>, kernel: Kernel): void {
  const source = moduleOf(kernel);
  expect(sources.get(kernel.label) ?? source, kernel.label).toBe(source);
  sources.set(kernel.label, source);
}

function pairs<const A, const B>(as: readonly A[], bs: readonly B[]): [A, B][] {
  return as.flatMap((a) => bs.map((b): [A, B] => [a, b]));
}

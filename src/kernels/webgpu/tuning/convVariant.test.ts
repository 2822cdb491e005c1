import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { convShape } from '../conv/convShape.ts';
import { moduleOf } from '../wgsl/kernel.ts';
import { type ConvRole, VARIANTS_VERSION, gpuVariants, variantsFor } from './convVariant.ts';

const shapes = [
  convShape([8, 32, 32, 16], [3, 3, 16, 16], 1),
  convShape([8, 32, 32, 16], [1, 1, 16, 32], 2),
  convShape([8, 9, 9, 3], [3, 3, 3, 5], 2),
  convShape([8, 32, 32, 16], [3, 3, 16, 16], 1, { x: 'f16', y: 'f16' }),
];
const roles: readonly ConvRole[] = ['forward', 'inputGradient', 'filterGradient'];

test('every change of a variant has a version of its own, so that old measurements are forgotten', () => {
  const hash = createHash('sha256');
  for (const role of roles) {
    for (const shape of shapes) {
      for (const variant of variantsFor(gpuVariants, role, shape)) {
        const { kernel, parts } = variant.work(shape, 8);
        hash.update(JSON.stringify([role, variant.name, moduleOf(kernel), kernel.workgroups, parts]));
      }
    }
  }
  // If this fails, raise VARIANTS_VERSION and write both down here.
  expect([VARIANTS_VERSION, hash.digest('hex').slice(0, 16)]).toEqual([2, '65e1e6bf1a44bd10']);
});

test('each role has names of its own, and something for every shape', () => {
  for (const role of roles) {
    const names = gpuVariants[role].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(gpuVariants[role].at(-1)!.fits(convShape([1, 1, 1, 1], [3, 3, 1, 1], 1))).toBe(true);
  }
});

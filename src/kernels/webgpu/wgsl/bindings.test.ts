import { describe, expect, test } from 'vitest';
import { type Bindings, binding, checkArity, declareBindings } from './bindings.ts';
import { moduleOf } from './kernel.ts';
import { sizesOf } from './sizes.ts';

const bindings: Bindings = {
  outputs: [binding('dx', 'vec4f', '[N, C]'), binding('dResidual', 'f32', '[N, C]: g')],
  inputs: [binding('dy', 'vec2u', '[N, C]')],
  uniforms: binding('weights', 'vec4f', 'keep, share'),
  sizes: sizesOf({ groups: 4 }, true),
};

test('bindings are declared in the order in which a pass binds them: outputs, inputs, uniforms, sizes', () => {
  expect(declareBindings(bindings)).toBe(`// [N, C]
@group(0) @binding(0) var<storage, read_write> dx: array<vec4f>;
// [N, C]: g
@group(0) @binding(1) var<storage, read_write> dResidual: array<f32>;
// [N, C]
@group(0) @binding(2) var<storage, read> dy: array<vec2u>;
// keep, share
@group(0) @binding(3) var<uniform> weights: vec4f;
struct Sizes { groups: i32 }
@group(0) @binding(4) var<uniform> sizes: Sizes;`);
});

test('directives stand above the bindings, and the source follows them', () => {
  const kernel = { label: 'k', bindings, wgsl: () => '\nfn main() {}', workgroups: [1, 1] } as const;
  expect(moduleOf({ ...kernel, directives: 'enable subgroups;' })).toBe(
    `enable subgroups;\n${declareBindings(bindings)}\nfn main() {}`,
  );
});

describe('operands', () => {
  const given = { outputs: [1, 2], inputs: [3], uniforms: 4 };

  test('as many as there are bindings are taken', () => {
    expect(() => checkArity('k', bindings, given)).not.toThrow();
    expect(() => checkArity('k', { outputs: [], inputs: [] }, { outputs: [], inputs: [] })).not.toThrow();
  });

  test.each([
    ['outputs', { ...given, outputs: [1] }, 'The kernel "k" has 2 outputs (dx, dResidual) and is given 1.'],
    ['inputs', { ...given, inputs: [3, 5] }, 'The kernel "k" has 1 input (dy) and is given 2.'],
    ['uniforms', { outputs: [1, 2], inputs: [3] }, 'The kernel "k" has 1 uniform (weights) and is given 0.'],
  ])('too few or too many %s are refused in words', (_, wrong, message) => {
    expect(() => checkArity('k', bindings, wrong)).toThrow(new RangeError(message));
  });

  test('what is not bound is not given', () => {
    const none: Bindings = { outputs: [], inputs: [] };
    expect(() => checkArity('k', none, { outputs: [], inputs: [], uniforms: 1 })).toThrow(
      new RangeError('The kernel "k" has 0 uniforms and is given 1.'),
    );
  });
});

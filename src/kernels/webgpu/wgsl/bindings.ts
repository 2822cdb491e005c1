/** What a kernel is bound to, declared once: its source begins with it, and who runs it is held to it. All in group 0. */
import type { Sizes } from './sizes.ts';

export interface Binding {
  readonly name: string;
  /** WGSL: the type of an array's elements, or a uniform's own. */
  readonly type: string;
  /** Its shape and what it is, for who reads the source. */
  readonly holds: string;
}

/** Numbered in this order. */
export interface Bindings {
  /** Arrays that are written, or changed in place. */
  readonly outputs: readonly Binding[];
  /** Arrays that are only read. */
  readonly inputs: readonly Binding[];
  /** Numbers that change from step to step. */
  readonly uniforms?: Binding;
  readonly sizes?: Sizes;
}

export function binding(name: string, type: string, holds: string): Binding {
  return { name, type, holds };
}

/** WGSL: the declarations. */
export function declareBindings({ outputs, inputs, uniforms, sizes }: Bindings): string {
  const array = (access: string) => (of: Binding) => ({
    ...of,
    space: `storage, ${access}`,
    type: `array<${of.type}>`,
  });
  const variables = [
    ...outputs.map(array('read_write')),
    ...inputs.map(array('read')),
    ...(uniforms ? [{ ...uniforms, space: 'uniform' }] : []),
  ];
  const declared = variables.map(
    ({ name, type, holds, space }, i) =>
      `// ${holds}\n@group(0) @binding(${i}) var<${space}> ${name}: ${type};`,
  );
  return [...declared, ...(sizes ? [sizes.declare(declared.length)] : [])].join('\n');
}

/** What a kernel is run on, as far as it can be counted. */
interface Given {
  readonly outputs: readonly unknown[];
  readonly inputs: readonly unknown[];
  readonly uniforms?: unknown;
}

/** Throws a RangeError unless as much is `given` as the kernel called `label` is bound to. */
export function checkArity(label: string, { outputs, inputs, uniforms }: Bindings, given: Given): void {
  checkCount(label, 'output', outputs, given.outputs);
  checkCount(label, 'input', inputs, given.inputs);
  checkCount(label, 'uniform', listOf(uniforms), listOf(given.uniforms));
}

const listOf = <V>(value: V | undefined): readonly V[] => (value === undefined ? [] : [value]);

function checkCount(label: string, what: string, bound: readonly Binding[], given: readonly unknown[]): void {
  if (bound.length === given.length) return;
  const names = bound.length === 0 ? '' : ` (${bound.map(({ name }) => name).join(', ')})`;
  const has = `${bound.length} ${what}${bound.length === 1 ? '' : 's'}${names}`;
  throw new RangeError(`The kernel "${label}" has ${has} and is given ${given.length}.`);
}

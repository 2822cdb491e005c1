/** Judges an implementation of the training operations on one case: against the reference, and against the contract. */
import type { TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { createReferenceOps } from '../src/kernels/reference/reference.ts';
import type { Numbers, NumericCase } from './numericCase.ts';

interface Output {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/** What came of a case, besides what it broke. */
interface Outcome {
  readonly outputs: Readonly<Record<string, Output>>;
  readonly faults: readonly string[];
}

/** Two rows that measure different things: each is judged by its own size. */
const PAIRS = new Set(['moments', 'dAffine', 'metrics']);

/** The case's outputs by name, each with its worst deviation from the reference's: max |a - b| / max |b|. */
export async function deviations<T extends TensorLike>(
  numericCase: NumericCase,
  ops: TrainingOps<T>,
): Promise<Record<string, number>> {
  const expected = await perform(numericCase, createReferenceOps());
  const actual = await perform(numericCase, ops);
  return compare(actual.outputs, expected.outputs);
}

/**
 * Everything that is wrong with what `ops` makes of the case, in words; empty if it is right. Wrong are an output
 * that is missing, of another shape, or off by more than `tolerance` times the case's slack plus `rounding`; a second run that gives
 * other bits; an argument that was changed; and tensors that are left over, or that the caller cannot own.
 */
export async function faults<T extends TensorLike>(
  numericCase: NumericCase,
  ops: TrainingOps<T>,
  tolerance: number,
  rounding = 0,
): Promise<string[]> {
  const expected = await perform(numericCase, createReferenceOps());
  // The first run may fill an implementation's caches; the second is the one whose tensors are counted.
  const first = await perform(numericCase, ops);
  const actual = await perform(numericCase, ops);
  const limit = tolerance * numericCase.slack + rounding;
  const found = [...actual.faults];
  for (const [name, error] of Object.entries(compare(actual.outputs, expected.outputs))) {
    if (!(error <= limit)) found.push(`${name} is off by ${error.toExponential(1)}`);
  }
  for (const [name, { values }] of Object.entries(actual.outputs)) {
    if (!sameNumbers(values, first.outputs[name]?.values)) found.push(`${name} differs from run to run`);
  }
  return found;
}

/**
 * Everything that is wrong with what `ops` makes of a case whose inputs are not all finite: a number that is finite although the
 * reference's is not, or not NaN although that is and an input is NaN; one that is off; and what is not finite elsewhere than the case
 * allows.
 */
export async function nonFiniteFaults<T extends TensorLike>(
  numericCase: NumericCase,
  ops: TrainingOps<T>,
  tolerance: number,
  rounding = 0,
): Promise<string[]> {
  const strict = Object.values(numericCase.inputs).some(({ values }) => values.includes(NaN));
  const expected = await perform(numericCase, createReferenceOps());
  const actual = await perform(numericCase, ops);
  return Object.entries(expected.outputs).flatMap(([name, output]) => {
    const { values } = output;
    const found = actual.outputs[name]?.values ?? new Float32Array(values.length);
    const scale = Math.max(...Array.from(values).filter(Number.isFinite).map(Math.abs), 1);
    const fault = (what: string) => [`${name} ${what}`];
    const mayBeWild = spreadOf(numericCase, expected.outputs, output);
    for (const [i, value] of values.entries()) {
      const is = found[i]!;
      if (Number.isNaN(value) && (strict ? !Number.isNaN(is) : Number.isFinite(is))) {
        return fault(`is ${is} at ${i}, where NaN is right`);
      }
      if (!Number.isFinite(value)) {
        if (Number.isFinite(is)) return fault(`is ${is} at ${i}, where ${value} is right`);
      } else if (!Number.isFinite(is)) {
        if (!mayBeWild(i)) return fault(`is ${is} at ${i}, where ${value} is right`);
      } else if (Math.abs(is - value) > (tolerance + rounding) * scale) {
        return fault(`is ${is} at ${i}, where ${value} is right`);
      }
    }
    return [];
  });
}

/** Whether the number at an index of an output may be wild because its image or its channel is. */
function spreadOf(
  { spreads, inputs }: NumericCase,
  outputs: Readonly<Record<string, Output>>,
  { shape, values }: Output,
): (i: number) => boolean {
  if (spreads === 'nowhere') return () => false;
  if (spreads === 'image') {
    const size = values.length / shape[0]!;
    const isWild = (image: number) => !allFinite(values.subarray(image * size, (image + 1) * size));
    return (i) => isWild(Math.floor(i / size));
  }
  const wild = new Set<number>();
  for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) {
    tensor.values.forEach((value: number, i: number) => {
      if (!Number.isFinite(value)) wild.add(i % tensor.shape.at(-1)!);
    });
  }
  return (i) => wild.has(i % shape.at(-1)!);
}

const allFinite = (values: Output['values']) => Array.from(values).every(Number.isFinite);

async function perform<T extends TensorLike>(
  numericCase: NumericCase,
  ops: TrainingOps<T>,
): Promise<Outcome> {
  const { inputs, consumes } = numericCase;
  const found: string[] = [];
  const atStart = ops.tensorCount();
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, { values, shape }]) => [name, ops.upload(values, shape)]),
  );
  const before = ops.tensorCount();
  const results = numericCase.run(ops, given);
  const made = ops.tensorCount() - before + consumes.length;
  const owned = Object.values(results).length;
  if (made !== owned) found.push(`${made} tensors more, for ${owned} outputs`);

  const outputs: Record<string, Output> = {};
  for (const [name, tensor] of Object.entries(results)) {
    outputs[name] = { shape: tensor.shape, values: await ops.download(tensor) };
    ops.dispose(tensor);
  }
  for (const [name, tensor] of Object.entries(given)) {
    if (consumes.includes(name)) continue;
    const { values }: Numbers = inputs[name]!;
    if (!sameNumbers(await ops.download(tensor), values)) found.push(`the argument ${name} was changed`);
    ops.dispose(tensor);
  }
  const left = ops.tensorCount() - atStart;
  if (left !== 0) found.push(`${left} tensors are left over`);
  return { outputs, faults: found };
}

function compare(
  actual: Readonly<Record<string, Output>>,
  expected: Readonly<Record<string, Output>>,
): Record<string, number> {
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return Object.fromEntries([...names].map((name) => [name, deviation(name, actual[name], expected[name])]));
}

/** max |a - b| / max |b|, or max |a - b| where b is all zero; infinite where the shapes differ. */
function deviation(name: string, actual: Output | undefined, expected: Output | undefined): number {
  if (!actual || !expected || actual.shape.join() !== expected.shape.join()) return Infinity;
  if (actual.values.length !== expected.values.length) return Infinity;
  const row = expected.values.length / (PAIRS.has(name) ? 2 : 1);
  let worst = 0;
  for (let start = 0; start < expected.values.length; start += row) {
    const reference = Array.from(expected.values.subarray(start, start + row));
    const errors = reference.map((value, i) => Math.abs(actual.values[start + i]! - value));
    const scale = Math.max(...reference.map(Math.abs)) || 1;
    // Math.max, unlike a comparison, lets NaN through.
    worst = Math.max(worst, Math.max(...errors) / scale);
  }
  return worst;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number> | undefined): boolean {
  return b?.length === a.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

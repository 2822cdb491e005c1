/** Checks gradients by central finite differences, in float64. */
import { type Float64Tensor, expectShape } from '../src/kernels/reference/tensor.ts';
import type { Random } from '../src/model/random.ts';

/** Standard normal numbers, `[shape]`, as TrainingOps.upload takes them. */
export function normals(random: Random, shape: readonly number[]): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1);
  return Float64Array.from({ length: size }, () => random.normal());
}

/**
 * How far `gradient` is from the central differences of sum(forward() * cotangent) over every number of `input`, as
 * max |gradient - difference| / max |difference|. `forward` reads `input`, whose numbers are nudged and put back.
 */
export function gradientError(
  input: Float64Tensor,
  gradient: Float64Tensor,
  forward: () => Float64Tensor,
  cotangent: Float64Tensor,
  nudge = 1e-5,
): number {
  expectShape(gradient, input.shape);
  const scalar = () => {
    const output = forward();
    expectShape(cotangent, output.shape);
    return output.data.reduce((total, value, i) => total + value * cotangent.data[i]!, 0);
  };
  const differences = input.data.map((value, i) => {
    input.data[i] = value + nudge;
    const above = scalar();
    input.data[i] = value - nudge;
    const below = scalar();
    input.data[i] = value;
    return (above - below) / (2 * nudge);
  });
  const errors = differences.map((difference, i) => Math.abs(gradient.data[i]! - difference));
  return Math.max(...errors) / Math.max(...differences.map(Math.abs));
}

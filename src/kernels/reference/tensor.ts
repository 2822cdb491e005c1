/** The reference's tensors: a shape and float64 numbers, nothing more. */
import type { Shape4, TensorLike } from '../ops.ts';

export interface Float64Tensor extends TensorLike {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float64Array;
}

/** A tensor of zeros. */
export function zeros(shape: readonly number[]): Float64Tensor {
  return { shape: [...shape], data: new Float64Array(sizeOf(shape)) };
}

/** A tensor over `data` itself. Throws RangeError if it has not as many numbers as `shape` says. */
export function over(data: Float64Array, shape: readonly number[]): Float64Tensor {
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(`${data.length} numbers do not fill [${shape.join(', ')}]`);
  }
  return { shape: [...shape], data };
}

/** `combine` for every pair of elements of two tensors of one shape. */
export function zip(
  a: Float64Tensor,
  b: Float64Tensor,
  combine: (a: number, b: number) => number,
): Float64Tensor {
  expectShape(b, a.shape);
  return over(
    a.data.map((value, i) => combine(value, b.data[i]!)),
    a.shape,
  );
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The shape of a batch of images. Throws RangeError if it is none. */
export function shape4(tensor: Float64Tensor): Shape4 {
  const [batch, height, width, channels] = tensor.shape;
  if (tensor.shape.length !== 4) throw new RangeError(`[${tensor.shape.join(', ')}] is no batch of images`);
  return [batch!, height!, width!, channels!];
}

/** The shape of a matrix. Throws RangeError if it is none. */
export function shape2(tensor: Float64Tensor): readonly [rows: number, columns: number] {
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2) throw new RangeError(`[${tensor.shape.join(', ')}] is no matrix`);
  return [rows!, columns!];
}

/** Throws RangeError if `tensor` has another shape. */
export function expectShape(tensor: Float64Tensor, shape: readonly number[]): void {
  if (tensor.shape.length === shape.length && shape.every((length, i) => length === tensor.shape[i])) return;
  throw new RangeError(`[${tensor.shape.join(', ')}] should be [${shape.join(', ')}]`);
}

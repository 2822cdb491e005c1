/**
 * Linear readings of features, by ridge regression in closed form: W = (X'X + lambda I)^-1 X'Y with X and Y less their means, so that the
 * intercept is not shrunk; Y is one column a class. Probes are such: Alain and Bengio 2016, there by logistic regression.
 */

/** `[inputs, classes]` row by row, and what is added. */
export interface LinearReading {
  readonly inputs: number;
  readonly classes: number;
  readonly matrix: Float64Array;
  readonly bias: Float64Array;
}

/** Gathers features and their classes, as many at a time as one likes, and holds sums of them alone. */
export class RidgeSums {
  readonly #products: Float64Array;
  readonly #sums: Float64Array;
  readonly #classSums: Float64Array;
  readonly #classCounts: Float64Array;
  /** Of the first vector: what is summed is less it, so that large means cost no digits. */
  #origin: Float64Array | undefined;
  #count = 0;

  constructor(
    private readonly inputs: number,
    private readonly classes: number,
  ) {
    this.#products = new Float64Array(inputs * inputs);
    this.#sums = new Float64Array(inputs);
    this.#classSums = new Float64Array(inputs * classes);
    this.#classCounts = new Float64Array(classes);
  }

  /** features `[labels.length, inputs]`. */
  add(features: ArrayLike<number>, labels: ArrayLike<number>): void {
    const { inputs, classes } = this;
    const x = new Float64Array(inputs);
    for (let n = 0; n < labels.length; n++) {
      const at = n * inputs;
      const origin = (this.#origin ??= Float64Array.from({ length: inputs }, (_, i) => features[at + i]!));
      for (let i = 0; i < inputs; i++) x[i] = features[at + i]! - origin[i]!;
      const label = labels[n]!;
      this.#classCounts[label]!++;
      for (let i = 0; i < inputs; i++) {
        const value = x[i]!;
        this.#sums[i]! += value;
        this.#classSums[i * classes + label]! += value;
        const row = i * inputs;
        for (let j = 0; j <= i; j++) this.#products[row + j]! += value * x[j]!;
      }
    }
    this.#count += labels.length;
  }

  /** With lambda = `share` of the mean of X'X's diagonal. Null where what was gathered has no reading: nothing varies, or is no number. */
  solve(share: number): LinearReading | null {
    const { inputs, classes } = this;
    const count = this.#count;
    const mean = this.#sums.map((sum) => sum / count);
    const covariance = this.#products.slice();
    let trace = 0;
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j <= i; j++) covariance[i * inputs + j]! -= count * mean[i]! * mean[j]!;
      trace += covariance[i * inputs + i]!;
    }
    const lambda = (share * trace) / inputs;
    for (let i = 0; i < inputs; i++) covariance[i * inputs + i]! += lambda;
    const matrix = this.#classSums.slice();
    for (let i = 0; i < inputs; i++)
      for (let k = 0; k < classes; k++) matrix[i * classes + k]! -= mean[i]! * this.#classCounts[k]!;
    if (!(trace > 0) || !solveSymmetric(covariance, matrix, inputs, classes)) return null;
    const origin = this.#origin!;
    const bias = Float64Array.from({ length: classes }, (_, k) => {
      let read = 0;
      for (let i = 0; i < inputs; i++) read += (mean[i]! + origin[i]!) * matrix[i * classes + k]!;
      return this.#classCounts[k]! / count - read;
    });
    return { inputs, classes, matrix, bias };
  }
}

/** features `[count, inputs]` -> `[count, classes]`. */
export function readLinearly(
  { inputs, classes, matrix, bias }: LinearReading,
  features: ArrayLike<number>,
): Float64Array {
  const count = features.length / inputs;
  const read = new Float64Array(count * classes);
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < classes; k++) read[n * classes + k] = bias[k]!;
    for (let i = 0; i < inputs; i++) {
      const value = features[n * inputs + i]!;
      for (let k = 0; k < classes; k++) read[n * classes + k]! += value * matrix[i * classes + k]!;
    }
  }
  return read;
}

/** a x = b by Cholesky, a `[n, n]` of which the lower half is read and overwritten, b `[n, columns]` becomes x. False if a is not positive. */
function solveSymmetric(a: Float64Array, b: Float64Array, n: number, columns: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (i > j) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > 0) a[j * n + j] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i * columns + c]!;
      for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k * columns + c]!;
      b[i * columns + c] = sum / a[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i * columns + c]!;
      for (let k = i + 1; k < n; k++) sum -= a[k * n + i]! * b[k * columns + c]!;
      b[i * columns + c] = sum / a[i * n + i]!;
    }
  }
  return true;
}

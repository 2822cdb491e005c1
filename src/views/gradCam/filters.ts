/** What is read out of first-layer filters. */
import type { NetFilters } from './gradCam.ts';

/** Each filter alone, `[kernel, kernel, 3]`. */
export function filtersOf({ values, count }: NetFilters): readonly Float64Array[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

export interface FilterFacts {
  /** L2 norm. */
  readonly norm: number;
  /** Mean weight of red, green and blue. */
  readonly means: readonly [number, number, number];
  /** Sum of the squares of what the colours of a pixel differ by from their mean: what the filter sees of colour. */
  readonly colour: number;
}

export function filterFacts(filter: ArrayLike<number>): FilterFacts {
  const pixels = filter.length / 3;
  const means: [number, number, number] = [0, 0, 0];
  let [squares, colour] = [0, 0];
  for (let p = 0; p < pixels; p++) {
    const grey = (filter[3 * p]! + filter[3 * p + 1]! + filter[3 * p + 2]!) / 3;
    for (const c of [0, 1, 2] as const) {
      const value = filter[3 * p + c]!;
      means[c] += value / pixels;
      squares += value ** 2;
      colour += (value - grey) ** 2;
    }
  }
  return { norm: Math.sqrt(squares), means, colour };
}

/** Statistics of a batch as running statistics have them. */
import type { Layout } from '../model/parameters.ts';
import type { GraphSize } from '../model/shapes.ts';

/**
 * By number of the flat statistics, what turns moments over a batch of so many images into running ones: the variance becomes unbiased
 * (PyTorch's convention), the mean stays.
 */
export function unbiasedFactors(layout: Layout, { layers }: GraphSize, images: number): Float32Array {
  const factors = new Float32Array(layout.statisticsLength).fill(1);
  for (const { layer, offset, size } of layout.statistics) {
    const { height, width } = layers[layer]!.output;
    const count = images * height * width;
    if (count > 1) factors.fill(count / (count - 1), offset + size / 2, offset + size);
  }
  return factors;
}

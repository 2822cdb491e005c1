/** Nets of no training, with numbers that are neither 0 nor 1, for looking into on the reference. */
import { normals } from '../../../test/finiteDifferences.ts';
import { parseRun, type ModelConfig } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../../model/parameters.ts';
import { createRandom } from '../../model/random.ts';
import type { Batch } from '../../protocol/source.ts';
import type { FlatWeights } from '../../training/weights.ts';
import type { Images } from '../images.ts';

export const modelOf = (model: object): ModelConfig => parseRun({ model, steps: 1 }).model;

/** Weights near the initial ones, statistics near 0 and 1. */
export function anyWeights(model: ModelConfig, seed: string): FlatWeights {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const random = createRandom(seed);
  const near = (values: Float32Array) => values.map((value) => value + 0.2 * Math.abs(random.normal()));
  return {
    parameters: near(initialParameters(graph, layout, random)),
    statistics: near(initialStatistics(layout)),
  };
}

/** `count` images of noise, and labels. */
export function anyBatch(count: number, seed: string): Batch {
  const random = createRandom(seed);
  const images = Float32Array.from(normals(random, [count, 32, 32, 3]));
  return { size: count, images, labels: Uint8Array.from({ length: count }, () => random.integer(10)) };
}

/** Two sets of `count` images of noise. */
export function anyImages(count: number): Images {
  const refuse = () => Promise.reject(new Error('there are no pixels here'));
  return {
    count: () => Promise.resolve(count),
    batch(split, from, size) {
      const { images, labels } = anyBatch(count, split);
      const until = Math.min(count, from + size);
      return Promise.resolve({
        images: images.slice(3072 * from, 3072 * until),
        labels: labels.slice(from, until),
        size: until - from,
      });
    },
    pixels: refuse,
    normalise: refuse,
  };
}

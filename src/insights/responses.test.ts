import { expect, test } from 'vitest';
import { buildGraph } from '../model/graph.ts';
import { initialParameters, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import { measuredNorms, responseDeviation } from './responses.ts';

const graph = buildGraph({ family: 'cifar', depth: 8, block: 'basic', shortcut: 'B', width: 2 });
const layout = layoutOf(graph);

test('every 3x3 convolution is measured behind its batch norm, a projection is not', () => {
  const names = measuredNorms(graph).map((layer) => graph.layers[layer]!.name);
  expect(names).toEqual(['bn1', ...[1, 2, 3].flatMap((s) => [`layer${s}.0.bn1`, `layer${s}.0.bn2`])]);
});

test('the deviation is that of numbers with each channel\u2019s scale and shift', () => {
  const [norm = 0] = measuredNorms(graph);
  const parameters = initialParameters(graph, layout, createRandom(1));
  const { offset } = layout.trainable.find((slot) => slot.layer === norm)!;
  parameters.set([2, -0.5, 3, -1], offset);
  // Channel 0: mean 3, deviation 2; channel 1: mean -1, deviation 0.5: two equal points at each mean +- deviation.
  const values = [3 + 2, 3 - 2, -1 + 0.5, -1 - 0.5];
  const mean = values.reduce((sum, value) => sum + value) / 4;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
  expect(responseDeviation(layout, parameters, norm)).toBeCloseTo(Math.sqrt(variance), 6);
  expect(() => responseDeviation(layout, parameters, 0)).toThrow(RangeError);
});

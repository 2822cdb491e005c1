import { describe, expect, test } from 'vitest';
import { parseRun } from './config.ts';
import { laneMemory } from './sizes.ts';
import { buildGraph } from './graph.ts';
import { ONE_SEGMENT, trainingPass } from './passes.ts';
import { mostHeld, recomputationBy, segmentsOf } from './recomputation.ts';
import { measureGraph } from './shapes.ts';

const netOf = (model: object) => {
  const graph = buildGraph(parseRun({ model, steps: 1 }).model);
  return { graph, size: measureGraph(graph) };
};
const runOf = (model: object, batchSize: number, recompute: boolean) =>
  parseRun({ model, batchSize, recompute, steps: 1 });

test.each([
  [110, 128, 1.11e9, 0.17e9],
  [1202, 8, 1.05e9, 0.35e9],
  [1202, 128, 12.1e9, 0.75e9],
])(
  'ResNet-%i, batch %i: at most %d bytes as it is, %d with recomputation',
  (depth, batch, kept, recomputed) => {
    const bytes = [false, true].map((recompute) => laneMemory(runOf({ depth }, batch, recompute)).bytes);
    expect(bytes[0]).toBeLessThan(kept);
    expect(bytes[0]).toBeGreaterThan(0.9 * kept);
    expect(bytes[1]).toBeLessThan(recomputed);
  },
);

test('what a step holds grows with the square root of the depth', () => {
  const held = (blocks: number) => {
    const { graph, size } = netOf({ depth: 6 * blocks + 2 });
    return recomputationBy(segmentsOf(graph, size), graph, size).held;
  };
  // Fourfold the depth, and some maps of gradients that are there at any depth.
  for (const blocks of [8, 18, 50]) expect(held(4 * blocks) / held(blocks)).toBeLessThan(2.1);
});

describe.each([
  ['plain', { depth: 56, block: 'plain' }],
  ['option A', { depth: 56 }],
  ['option B', { depth: 32, shortcut: 'B' }],
  ['option C', { depth: 32, shortcut: 'C' }],
  ['bottleneck', { depth: 56, block: 'bottleneck' }],
  ['one block a stage', { depth: 8, width: 1 }],
])('%s', (_, model) => {
  const { graph, size } = netOf(model);
  const segments = segmentsOf(graph, size);

  test('segments begin with blocks, and hold less than all', () => {
    for (const first of segments.slice(1)) {
      const [before, own] = [graph.layers[first - 1]!, graph.layers[first]!];
      expect([own.stage, own.block]).not.toEqual([before.stage, before.block]);
    }
    const { held, multiplyAdds, layers } = recomputationBy(segments, graph, size);
    expect(held).toBeLessThan(mostHeld(trainingPass(graph), graph, size));
    // Never more than one more forward pass.
    expect(multiplyAdds).toBeLessThanOrEqual(size.multiplyAdds);
    expect(layers).toBeLessThan(graph.layers.length);
  });

  test('no other evenly cut segments hold much less', () => {
    const starts = graph.layers.flatMap((layer, i) => {
      const before = graph.layers[i - 1];
      return before?.stage === layer.stage && before.block === layer.block ? [] : [i];
    });
    const { held } = recomputationBy(segments, graph, size);
    for (let blocks = 1; blocks < starts.length; blocks++) {
      const even = starts.filter((_first, i) => i % blocks === 0);
      expect(held).toBeLessThanOrEqual(1.1 * recomputationBy(even, graph, size).held);
    }
  });
});

test('in one segment nothing is computed twice, and all activations are held, but what no gradient needs', () => {
  const { graph, size } = netOf({ depth: 20, block: 'plain' });
  const { held, layers, activations, multiplyAdds } = recomputationBy(ONE_SEGMENT, graph, size);
  expect([layers, activations, multiplyAdds]).toEqual([0, 0, 0]);
  expect(held / size.activations).toBeCloseTo(1, 1);
});

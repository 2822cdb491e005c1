import { describe, expect, it } from 'vitest';
import { readBuffer, weightsPath } from '../../test/parity.ts';
import { parseRun } from '../model/config.ts';
import { buildGraph } from '../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import { decodeSafetensors, encodeSafetensors } from '../model/safetensors.ts';
import { weightsFromSafetensors, weightsToSafetensors } from './weights.ts';

const netOf = (model: object) => {
  const graph = buildGraph(parseRun({ model, steps: 1 }).model);
  return { graph, layout: layoutOf(graph) };
};

describe('weights', () => {
  it("reads PyTorch's file and writes it back, tensor for tensor", () => {
    const { graph, layout } = netOf({ depth: 8, shortcut: 'B' });
    const file = readBuffer(weightsPath('residual8-B-adam'));
    const again = weightsToSafetensors(graph, layout, weightsFromSafetensors(graph, layout, file));
    const [before, after] = [decodeSafetensors(file), decodeSafetensors(again)];
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [name, tensor] of before) expect(after.get(name), name).toEqual(tensor);
  });

  it('round-trips bottlenecks with projections', () => {
    const { graph, layout } = netOf({ depth: 11, block: 'bottleneck', shortcut: 'C', width: 3 });
    const parameters = initialParameters(graph, layout, createRandom(1));
    const statistics = initialStatistics(layout);
    const file = weightsToSafetensors(graph, layout, { parameters, statistics });
    expect(weightsFromSafetensors(graph, layout, file)).toEqual({ parameters, statistics });
  });

  it('says what does not fit: missing, unknown and misshapen tensors', () => {
    const file = readBuffer(weightsPath('residual8-A'));
    const load = (model: object) => {
      const { graph, layout } = netOf(model);
      return () => weightsFromSafetensors(graph, layout, file);
    };
    expect(load({ depth: 8, shortcut: 'B' })).toThrow(/missing: layer2\.0\.shortcut\.0\.weight/);
    expect(load({ depth: 8, width: 8 })).toThrow(/conv1\.weight is \[16, 3, 3, 3\], expected \[8, 3, 3, 3\]/);
    expect(load({ depth: 14 })).toThrow(/missing: .*layer1\.1\.conv1\.weight.* and \d+ more/);
    const extra = decodeSafetensors(file).set('head.weight', { shape: [1], values: new Float32Array(1) });
    const { graph, layout } = netOf({ depth: 8 });
    expect(() => weightsFromSafetensors(graph, layout, encodeSafetensors(extra))).toThrow(
      /not of this net: head/,
    );
  });
});

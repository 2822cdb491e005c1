import { describe, expect, it } from 'vitest';
import { readBuffer, weightsPath } from '../../test/parity.ts';
import { parseRun } from '../model/config.ts';
import { buildGraph } from '../model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../model/parameters.ts';
import { createRandom } from '../model/random.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
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

describe('safetensors', () => {
  const tensors = new Map([['a', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]);
  const file = () => encodeSafetensors(tensors);

  it('aligns the data and round-trips', () => {
    expect(Number(new DataView(file()).getBigUint64(0, true)) % 8).toBe(0);
    expect(decodeSafetensors(file())).toEqual(tensors);
  });

  it('refuses what is cut short, no safetensors, of another dtype, or lies about its shape', () => {
    const withHeader = (header: string) => {
      const json = new TextEncoder().encode(header);
      const bytes = new Uint8Array(8 + json.length + 16);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
      bytes.set(json, 8);
      return bytes.buffer;
    };
    expect(() => decodeSafetensors(file().slice(0, -4))).toThrow(/cut short/);
    expect(() => decodeSafetensors(new ArrayBuffer(3))).toThrow(/not a safetensors file/);
    expect(() => decodeSafetensors(withHeader('hello'))).toThrow(/header is not JSON/);
    expect(() =>
      decodeSafetensors(withHeader('{"a":{"dtype":"F16","shape":[8],"data_offsets":[0,16]}}')),
    ).toThrow(/a has dtype F16/);
    expect(() =>
      decodeSafetensors(withHeader('{"a":{"dtype":"F32","shape":[8],"data_offsets":[0,16]}}')),
    ).toThrow(/claims shape \[8\]/);
    expect(() => decodeSafetensors(withHeader('{"a":7}'))).toThrow(/entry for a/);
  });
});

import { describe, expect, it } from 'vitest';
import { parseRun } from './config.ts';
import { buildGraph, INPUT } from './graph.ts';
import { measureGraph } from './shapes.ts';

const modelOf = (model: object) => parseRun({ model, steps: 1 }).model;
const graphOf = (model: object) => buildGraph(modelOf(model));

describe('the CIFAR family', () => {
  // He et al. 2015, table 6, counted exactly.
  it.each([
    [20, 269_722],
    [32, 464_154],
    [44, 658_586],
    [56, 853_018],
    [110, 1_727_962],
    [1202, 19_421_274],
  ])('has the published number of parameters at depth %i', (depth, parameters) => {
    expect(measureGraph(graphOf({ depth })).parameters).toBe(parameters);
    expect(measureGraph(graphOf({ depth, block: 'plain' })).parameters).toBe(parameters);
  });

  it('has as many weighted layers on the main path as its depth says', () => {
    for (const [block, depth] of [
      ['plain', 20],
      ['basic', 56],
      ['bottleneck', 164],
    ] as const) {
      const weighted = graphOf({ depth, block }).layers.filter(
        ({ kind }) => kind === 'conv' || kind === 'dense',
      );
      expect(weighted).toHaveLength(depth);
    }
  });

  it('adds one shortcut round each pair of layers, 3n in all, and none to a plain net', () => {
    const residuals = (model: object) =>
      graphOf(model).layers.filter((layer) => layer.kind === 'batchNorm' && layer.residual !== null).length;
    expect(residuals({ depth: 56 })).toBe(27);
    expect(residuals({ depth: 56, block: 'plain' })).toBe(0);
  });

  it('projects where the shape changes with option B and everywhere with option C', () => {
    const projections = (shortcut: string, block = 'basic', depth = 20) =>
      graphOf({ depth, shortcut, block }).layers.filter(({ name }) => name.endsWith('shortcut.0')).length;
    expect(projections('A')).toBe(0);
    expect(projections('B')).toBe(2);
    expect(projections('C')).toBe(9);
    // A bottleneck widens from 16 to 64 channels in its first block already.
    expect(projections('B', 'bottleneck', 29)).toBe(3);
  });

  it('counts the multiply-adds of ResNet-20 and its shapes', () => {
    const size = measureGraph(graphOf({ depth: 20 }));
    // 9 * (3*16*1024 + 6*16*16*1024 + (16*32 + 5*32*32)*256 + (32*64 + 5*64*64)*64) + 640
    expect(size.multiplyAdds).toBe(40_551_040);
    const maps = size.layers.map(({ output }) => `${output.height}x${output.width}x${output.channels}`);
    expect(new Set(maps)).toEqual(new Set(['32x32x16', '16x16x32', '8x8x64', '1x1x64', '1x1x10']));
  });

  it('is in the order of computation: every layer reads the input or an earlier layer', () => {
    for (const model of [{ depth: 20 }, { depth: 29, block: 'bottleneck', shortcut: 'C' }]) {
      graphOf(model).layers.forEach((layer, i) => {
        const read = layer.kind === 'batchNorm' && layer.residual !== null ? layer.residual : layer.input;
        expect(read).toBeLessThan(i);
        expect(layer.input).toBeGreaterThanOrEqual(INPUT);
        expect(layer.input).toBeLessThan(i);
      });
    }
  });
});

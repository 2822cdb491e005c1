import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelName } from './families.ts';
import { blocksPerStage, depthFault, nearestDepths } from './depths.ts';

describe('depths', () => {
  it.each([
    ['basic', 20, 3],
    ['plain', 56, 9],
    ['basic', 1202, 200],
    ['bottleneck', 164, 18],
  ] as const)('%s %i has %i blocks a stage', (block, depth, blocks) => {
    expect(blocksPerStage(block, depth)).toBe(blocks);
  });

  it.each([
    ['basic', 21, [20, 26]],
    ['plain', 55, [50, 56]],
    ['basic', 1, [8]],
    ['basic', 7, [8]],
    ['basic', 2000, [1202]],
    ['bottleneck', 50, [47, 56]],
    ['bottleneck', 164, [164]],
  ] as const)('%s %i: nearest %j', (block, depth, nearest) => {
    expect(nearestDepths(block, depth)).toEqual(nearest);
  });

  it('a depth exists exactly if it is the only nearest, and only then has it blocks', () => {
    const block = fc.constantFrom('plain' as const, 'basic' as const, 'bottleneck' as const);
    fc.assert(
      fc.property(block, fc.integer({ min: 1, max: 1300 }), (kind, depth) => {
        const nearest = nearestDepths(kind, depth);
        const exists = nearest.length === 1 && nearest[0] === depth;
        expect(depthFault(kind, depth) === undefined).toBe(exists);
        for (const other of nearest) expect(blocksPerStage(kind, other)).toBeGreaterThan(0);
      }),
    );
    expect(() => blocksPerStage('basic', 21)).toThrow(/nearest: 20 or 26/);
  });

  it("names nets in the paper's manner", () => {
    expect(modelName({ block: 'plain', depth: 56 })).toBe('plain-56');
    expect(modelName({ block: 'bottleneck', depth: 164 })).toBe('ResNet-164');
  });
});

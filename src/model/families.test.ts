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

  it.each([
    ['basic', 18, 'basic CIFAR nets have 6n + 2 layers; nearest: 14 or 20'],
    ['plain', 34, 'plain CIFAR nets have 6n + 2 layers; nearest: 32 or 38'],
    ['basic', 101, 'basic CIFAR nets have 6n + 2 layers; nearest: 98 or 104'],
    ['bottleneck', 18, 'bottleneck nets have 9n + 2 layers; nearest: 11 or 20'],
    ['bottleneck', 50, 'bottleneck nets have 9n + 2 layers; nearest: 47 or 56'],
    ['bottleneck', 152, 'bottleneck nets have 9n + 2 layers; nearest: 146 or 155'],
  ] as const)('who asks for %s %i reads that it is a net for ImageNet', (block, depth, rest) => {
    const fault = depthFault(block, depth) ?? '';
    expect(fault).toBe(
      `depth ${depth} does not exist: ResNet-${depth} is of the paper's ImageNet family (section 4.1: a 7x7 stem, four stages); here ${rest}`,
    );
    // What config.ts cuts off.
    expect(fault.length).toBeLessThan(240);
  });

  it.each([
    ['basic', 50],
    ['plain', 152],
    ['bottleneck', 101],
  ] as const)('%s %i is a depth of ImageNet that exists here, too', (block, depth) => {
    expect(depthFault(block, depth)).toBeUndefined();
  });

  it.each([
    ['basic', 19],
    ['bottleneck', 49],
    ['plain', 181],
  ] as const)('of %s %i no article tells', (block, depth) => {
    expect(depthFault(block, depth)).not.toMatch(/ImageNet/);
  });

  it("names nets in the paper's manner", () => {
    expect(modelName({ block: 'plain', depth: 56 })).toBe('plain-56');
    expect(modelName({ block: 'bottleneck', depth: 164 })).toBe('ResNet-164');
  });
});

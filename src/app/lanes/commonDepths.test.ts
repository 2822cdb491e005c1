import { expect, test } from 'vitest';
import { depthFault } from '../../model/depths.ts';
import { commonDepths, freeDepth } from './commonDepths.ts';

test('the family has every common depth', () => {
  for (const block of ['plain', 'basic', 'bottleneck'] as const)
    expect(commonDepths[block].filter((depth) => depthFault(block, depth) !== undefined)).toEqual([]);
});

test('a new net is like the last one, of the nearest depth that is not there', () => {
  expect(freeDepth('plain', 56, [20, 56])).toBe(44);
  expect(freeDepth('plain', 20, [])).toBe(20);
  expect(freeDepth('bottleneck', 110, [110, 56, 164])).toBe(47);
  expect(freeDepth('basic', 26, commonDepths.basic)).toBe(26);
});

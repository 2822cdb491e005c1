import type { Block } from '../../model/depths.ts';

/** Depths that people ask for: two that train in a moment, and the paper's where the family has them. */
export const commonDepths: Readonly<Record<Block, readonly number[]>> = {
  plain: [8, 14, 20, 32, 44, 56, 110],
  basic: [8, 14, 20, 32, 44, 56, 110],
  bottleneck: [11, 20, 29, 47, 56, 110, 164],
};

/** The common depth nearest to `depth` that is not `taken`; `depth` itself if all are. */
export function freeDepth(block: Block, depth: number, taken: readonly number[]): number {
  const free = commonDepths[block].filter((candidate) => !taken.includes(candidate));
  return free.toSorted((a, b) => Math.abs(a - depth) - Math.abs(b - depth))[0] ?? depth;
}

/**
 * Software adapters run four invocations in step and load each one's numbers by themselves, which takes most of their time. Where
 * four of them, a quad, need the same numbers, each can load a quarter and get the others' by a subgroup broadcast. Only
 * for adapters whose subgroups are always of four.
 */
import { type Kernel, FLAT_MAIN, flatGrid } from './kernel.ts';

export const QUAD = 4;

/** As FLAT_MAIN, with `lane`, the invocation's number in its quad. */
export const QUAD_MAIN = FLAT_MAIN.replace(
  '@builtin(local_invocation_index)',
  '@builtin(subgroup_invocation_id) quadLane: u32,\n  @builtin(local_invocation_index)',
).concat('\n  let lane = i32(quadLane);');

/**
 * Must stand above everything else in a module that uses {@link QUAD_MAIN}. That a quad stays together is for the kernels to
 * see to: the compiler cannot see it in an index.
 */
export const ENABLE_QUADS = `enable subgroups;
diagnostic(off, subgroup_uniformity);`;

/**
 * WGSL: a name for each of the four in a quad, `value` being what this lane gives to the others. All of them must
 * come here.
 */
export function broadcast(value: string, names: readonly string[]): string {
  return names.map((name, lane) => `let ${name} = subgroupBroadcast(${value}, ${lane}u);`).join('\n');
}

/**
 * WGSL: `group` and `tile` of an invocation, and whether it is one too `many`, for `groups` groups of `tiles` tiles (an
 * expression). A quad is in one group.
 */
export function tileIndex(quads: boolean, groups: number, tiles: string): string {
  if (!quads) {
    return `
  let group = index % ${groups};
  let tile = index / ${groups};
  if (tile >= ${tiles}) { return; }
  let many = false;`;
  }
  return `
  let tiles = ${tiles};
  let stride = (tiles + ${QUAD - 1}) / ${QUAD} * ${QUAD};
  let group = min(index / stride, ${groups - 1});
  let tile = min(index % stride, tiles - 1);
  // Those too many stay to load for their quads.
  let many = index >= ${groups} * stride || index % stride >= tiles;`;
}

/** Workgroups for {@link tileIndex}. */
export function tileGrid(quads: boolean, groups: number, tiles: number): Kernel['workgroups'] {
  return flatGrid(groups * (quads ? Math.ceil(tiles / QUAD) * QUAD : tiles));
}

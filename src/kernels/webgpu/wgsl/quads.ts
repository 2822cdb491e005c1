/**
 * Software adapters run four invocations in step and load each one's numbers by themselves, which takes most of their time. Where
 * four of them, a quad, need the same numbers, each can load a quarter and get the others' by a subgroup broadcast. Only
 * for adapters whose subgroups are always of four.
 */
import { type Kernel, WORKGROUP_SIZE, flatGrid, flatMain } from './kernel.ts';

export const QUAD = 4;

/** Opens an entry point as flatMain does; for quads, with `lane`, the invocation's number in its own. */
export function mainOf(quads: boolean, size = WORKGROUP_SIZE): string {
  if (!quads) return flatMain(size);
  return flatMain(size)
    .replace(
      '@builtin(local_invocation_index)',
      '@builtin(subgroup_invocation_id) quadLane: u32,\n  @builtin(local_invocation_index)',
    )
    .concat('\n  let lane = i32(quadLane);');
}

/**
 * The directives of a module that uses quads. That a quad stays together is for the kernels to see to: the compiler cannot see it in
 * an index.
 */
export const ENABLE_QUADS = `enable subgroups;
diagnostic(off, subgroup_uniformity);`;

/**
 * WGSL: a name for each of the four in a quad, `value` being what this lane gives to the others. All of them must
 * come here.
 */
function broadcast(value: string, names: readonly string[]): string {
  return names.map((name, lane) => `let ${name} = subgroupBroadcast(${value}, ${lane}u);`).join('\n');
}

/**
 * WGSL: `names` for the vectors of `array` at `at(0)`, `at(1)` and so on. In quads there are four, and each invocation loads the one at
 * `at('lane')`.
 */
export function loadVectors(
  quads: boolean,
  array: string,
  names: readonly string[],
  at: (number: number | 'lane') => string,
): string {
  if (!quads) return names.map((name, i) => `let ${name} = ${array}[${at(i)}];`).join('\n');
  return `let own_${names[0]} = ${array}[${at('lane')}];\n${broadcast(`own_${names[0]}`, names)}`;
}

/**
 * WGSL: `group` and `tile` of an invocation, and whether it is one too `many`, for `groups` groups of `tiles` tiles (both
 * expressions). A quad is in one group.
 */
export function tileIndex(quads: boolean, groups: string, tiles: string): string {
  if (!quads) {
    return `
  let groupCount = ${groups};
  let group = index % groupCount;
  let tile = index / groupCount;
  if (tile >= ${tiles}) { return; }
  let many = false;`;
  }
  return `
  let groupCount = ${groups};
  let tiles = ${tiles};
  let stride = (tiles + ${QUAD - 1}) / ${QUAD} * ${QUAD};
  let group = min(index / stride, groupCount - 1);
  let tile = min(index % stride, tiles - 1);
  // Those too many stay to load for their quads.
  let many = index >= groupCount * stride || index % stride >= tiles;`;
}

/** Workgroups for {@link tileIndex}. */
export function tileGrid(quads: boolean, groups: number, tiles: number): Kernel['workgroups'] {
  return flatGrid(groups * (quads ? Math.ceil(tiles / QUAD) * QUAD : tiles));
}

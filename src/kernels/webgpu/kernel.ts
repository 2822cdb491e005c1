/** What a compute kernel is, before it has met a device. */

/** A WGSL module with one entry point, `main`, and how many workgroups of it to run. */
export interface Kernel {
  /**
   * Names the pipeline in the browser's tools, and is its key: two kernels of one label are one pipeline, so every
   * number that is written into the source stands in it.
   */
  readonly label: string;
  /**
   * The module. Its bindings are in group 0: first what is written, then what is read, then the uniforms. Called once
   * for each label: unrolled kernels take milliseconds to write down.
   */
  wgsl(): string;
  readonly workgroups: readonly [x: number, y: number];
}

/** Invocations in a workgroup of every kernel that does not say otherwise. */
export const WORKGROUP_SIZE = 64;

/** The largest number of workgroups in one dimension that every WebGPU device has. */
const MAX_WORKGROUPS = 65535;

/** Workgroups in two dimensions, at least `count` together. */
export function grid(count: number): readonly [x: number, y: number] {
  const y = Math.ceil(count / MAX_WORKGROUPS);
  return [Math.ceil(count / y), y];
}

/** Workgroups for at least `count` invocations of {@link FLAT_MAIN}. */
export function flatGrid(count: number): readonly [x: number, y: number] {
  return grid(Math.ceil(count / WORKGROUP_SIZE));
}

/**
 * Opens the entry point of a kernel whose invocations are numbered by `index`, and by `local` in their workgroup. The
 * grid's last ones are too many.
 */
export const FLAT_MAIN = `
@compute @workgroup_size(${WORKGROUP_SIZE})
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = i32(id.x + id.y * groups.x * ${WORKGROUP_SIZE}u);`;

/** Opens the entry point of a kernel whose workgroups are numbered by `group`, the invocations in them by `local`. */
export function groupMain(size: number): string {
  return `
@compute @workgroup_size(${size})
fn main(
  @builtin(workgroup_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) localIndex: u32,
) {
  let group = i32(id.x + id.y * groups.x);
  let local = i32(localIndex);`;
}

/** What a compute kernel is, before it has met a device. */
import { type Bindings, declareBindings } from './bindings.ts';

/** A WGSL module with one entry point, `main`, and how many workgroups of it to run. */
export interface Kernel {
  /**
   * Names the pipeline in the browser's tools, and is its key: two kernels of one label are one pipeline, so every
   * number that is written into the source stands in it.
   */
  readonly label: string;
  /** WGSL's directives, which must stand above everything else in a module. */
  readonly directives?: string;
  /** Kernels of one label may differ in the numbers of `sizes` that are in a uniform. */
  readonly bindings: Bindings;
  /** The module from the bindings on. Called once for each label: unrolled kernels take milliseconds to write down. */
  wgsl(): string;
  readonly workgroups: readonly [x: number, y: number];
}

/** WGSL: a kernel's whole module. */
export function moduleOf(kernel: Kernel): string {
  return `${kernel.directives ?? ''}
${declareBindings(kernel.bindings)}${kernel.wgsl()}`;
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

/** Workgroups for at least `count` invocations of {@link flatMain}. */
export function flatGrid(count: number, size = WORKGROUP_SIZE): readonly [x: number, y: number] {
  return grid(Math.ceil(count / size));
}

/**
 * Opens the entry point of a kernel whose invocations are numbered by `index`, and by `local` in their workgroup of `size`. The
 * grid's last ones are too many.
 */
export function flatMain(size = WORKGROUP_SIZE): string {
  return `
@compute @workgroup_size(${size})
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = i32(id.x + id.y * groups.x * ${size}u);`;
}

export const FLAT_MAIN = flatMain();

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

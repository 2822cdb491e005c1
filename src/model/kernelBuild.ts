/**
 * The kernels that computed a run. Two builds round differently, so that one link gives two sets of curves
 * (docs/decisions/2026-11-26-kernel-variants.md).
 */
export type KernelSet =
  /** Of our own, with fixed-width SIMD: a product is rounded before it is added. */
  | 'wasm-simd'
  /** With relaxed SIMD: product and sum are rounded once. */
  | 'wasm-simd-relaxed'
  /** WGSL, the variants of convolutions measured on this device, fixed for graphics cards, or fixed for software adapters. */
  | 'webgpu-measured'
  | 'webgpu-fixed'
  | 'webgpu-software'
  /** tf.js's own. */
  | 'composed'
  /** Float64, for tests. */
  | 'reference';

/** What a device really opened with. */
export interface KernelBuild {
  readonly kernels: KernelSet;
  /** Threads that compute; 1 everywhere but on WASM. */
  readonly threads: number;
  /** The WebGPU adapter as it names itself; else empty. */
  readonly adapter: string;
}

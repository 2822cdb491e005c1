import { DeviceError } from '../../deviceError.ts';
import type { Kernels } from './kernels.ts';

/** The builds of assembly/: for memory of one thread or of several, with or without relaxed SIMD. */
export const kernelVariants = ['single', 'single-relaxed', 'shared', 'shared-relaxed'] as const;
export type KernelVariant = (typeof kernelVariants)[number];

/** Gives a build's bytes: build/kernels-VARIANT.wasm. */
export type LoadModule = (variant: KernelVariant) => Promise<BufferSource>;

/** `(module (func (result v128) (f32x4.relaxed_madd (v128.const 0) (v128.const 0) (v128.const 0))))` */
const RELAXED_MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00, 0x0a, 0x13, 0x01, 0x11, 0x00],
  ...[0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f],
  ...[0xfd, 0x85, 0x02, 0x0b],
]);

export const takesRelaxedSimd = (): boolean => WebAssembly.validate(RELAXED_MODULE);

export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly relaxed: boolean;
}

/** Compiles the best build that this engine takes. Rejects with a {@link DeviceError}, or as `load` does. */
export async function compileKernels(load: LoadModule, shared: boolean): Promise<CompiledKernels> {
  const memory = shared ? 'shared' : 'single';
  const relaxed = takesRelaxedSimd();
  const bytes = await load(relaxed ? `${memory}-relaxed` : memory);
  try {
    return { module: await WebAssembly.compile(bytes), relaxed };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DeviceError(`This browser did not take the WebAssembly of the kernels (${why}).`, { cause });
  }
}

/** The kernels on `memory`. The module keeps nothing there of its own, so any number of instances can share it. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}

/** Fused multiply-add in WebAssembly, for the builds of the kernels that have it. */
import { setFlagsFromString } from 'node:v8';
import { takesRelaxedSimd } from '../../src/kernels/wasm/host/loadKernels.ts';

/**
 * Has this process compile relaxed SIMD from now on, and says whether it does. Node 20 has it behind a flag of V8, later ones without, which
 * is then not set.
 */
export function allowRelaxedSimd(): boolean {
  if (!takesRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return takesRelaxedSimd();
}

/** What the processor gives through WASM's SIMD at the most: multiply-adds in registers, nothing loaded or stored. */
import { median } from '../../src/model/median.ts';
import type { KernelSpeed } from './measureKernels.ts';

/** Vectors in flight: enough to hide an addition's latency, few enough for 16 registers. */
const CHAINS = 12;
const LANES = 4;
const ROUNDS = 1_000_000;
const REPETITIONS = 7;

/** AssemblyScript of the loop; `relaxed` fuses multiplication and addition where the processor can. */
export function ceilingSource(relaxed: boolean): string {
  const chains = Array.from({ length: CHAINS }, (_, i) => `s${i}`);
  const add = (s: string) =>
    relaxed ? `f32x4.relaxed_madd(a, b, ${s})` : `f32x4.add(f32x4.mul(a, ${s}), b)`;
  return `
    export function multiplyAdds(rounds: i32, x: f32): f32 {
      const a = f32x4.splat(x), b = f32x4.splat(x * x);
      ${chains.map((s, i) => `let ${s} = f32x4.splat(x + ${i}.0);`).join('\n')}
      for (let i = 0; i < rounds; i++) {
        ${chains.map((s) => `${s} = ${add(s)};`).join('\n')}
      }
      return f32x4.extract_lane(${chains.reduce((sum, s) => `f32x4.add(${sum}, ${s})`)}, 0);
    }`;
}

type MultiplyAdds = (rounds: number, x: number) => number;

export function wasmCeiling(name: string, base64: string, seconds: number): KernelSpeed {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const multiplyAdds = exports['multiplyAdds'] as MultiplyAdds;
  const once = () => {
    const begun = performance.now();
    multiplyAdds(ROUNDS, 0.5);
    return (2 * LANES * CHAINS * ROUNDS) / 1e6 / (performance.now() - begun);
  };
  // V8 compiles the loop anew while it runs.
  const warm = performance.now() + 1000 * Math.min(0.3, seconds);
  while (performance.now() < warm) once();
  const values = Array.from({ length: REPETITIONS }, once).sort((a, b) => a - b);
  return { label: name, unit: 'GFLOP/s', value: median(values), spread: [values[0]!, values.at(-1)!] };
}

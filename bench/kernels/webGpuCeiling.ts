/** What the adapter gives through WGSL at the most: fused multiply-adds in registers. */
import { median } from '../../src/model/median.ts';
import type { KernelSpeed } from './measureKernels.ts';

const CHAINS = 8;
const LANES = 4;
const WORKGROUP = 64;
const WORKGROUPS = 1024;
const REPETITIONS = 5;

const names = Array.from({ length: CHAINS }, (_, i) => `s${i}`);
const wgsl = (multiplyAdd: (s: string) => string) => `
@group(0) @binding(0) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(1) var<uniform> rounds: vec4u;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let a = vec4f(f32(id.x & 7u) * 0.1);
  let b = vec4f(f32(id.x & 3u) * 0.2);
  ${names.map((s, i) => `var ${s} = vec4f(${i}.0);`).join('\n')}
  for (var i = 0u; i < rounds.x; i++) {
    ${names.map((s) => `${s} = ${multiplyAdd(s)};`).join('\n')}
  }
  sums[id.x] = ${names.join(' + ')};
}`;

/** A software adapter may compute the one with a call for each lane, and a GPU both alike. */
const loops = [
  ['ceiling: fma in WGSL', (s: string) => `fma(${s}, a, b)`],
  ['ceiling: multiply, then add in WGSL', (s: string) => `${s} * a + b`],
] as const;

export async function webGpuCeilings(seconds: number): Promise<KernelSpeed[]> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('WebGPU found no adapter.');
  const device = await adapter.requestDevice({ label: 'ceiling' });
  const speeds: KernelSpeed[] = [];
  for (const [label, multiplyAdd] of loops) {
    speeds.push(await measure(device, label, wgsl(multiplyAdd), seconds));
  }
  device.destroy();
  return speeds;
}

/** Rounds are doubled until the repetitions take `seconds`. */
async function measure(
  device: GPUDevice,
  label: string,
  code: string,
  seconds: number,
): Promise<KernelSpeed> {
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const invocations = WORKGROUP * WORKGROUPS;
  const sums = device.createBuffer({ size: 16 * invocations, usage: GPUBufferUsage.STORAGE });
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const uniform = device.createBuffer({ size: 16, usage });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: { buffer: sums } },
      { binding: 1, resource: { buffer: uniform } },
    ],
  });

  const time = async (rounds: number) => {
    device.queue.writeBuffer(uniform, 0, Uint32Array.of(rounds, 0, 0, 0));
    await device.queue.onSubmittedWorkDone();
    const begun = performance.now();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(WORKGROUPS);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - begun) / 1000;
  };

  let rounds = 16;
  while ((await time(rounds)) < seconds / REPETITIONS) rounds *= 2;
  const values: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    values.push((2 * LANES * CHAINS * rounds * invocations) / 1e9 / (await time(rounds)));
  }
  values.sort((a, b) => a - b);
  return { label, unit: 'GFLOP/s', value: median(values), spread: [values[0]!, values.at(-1)!] };
}

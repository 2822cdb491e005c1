import type { GpuBackend, Operands } from '../runtime/gpuBackend.ts';
import type { Kernel } from '../wgsl/kernel.ts';

export interface KernelRun {
  readonly kernel: Kernel;
  readonly operands: Operands;
}

/**
 * Seconds that the device takes for `runs`, one after the other, the mean of `repeats` times: by its own clock where it has
 * one, else by `seconds` from the submission to the end.
 */
export async function timeKernels(
  backend: GpuBackend,
  runs: readonly KernelRun[],
  repeats: number,
  seconds: () => number,
): Promise<number> {
  const { device } = backend;
  const bound = runs.map(({ kernel, operands }) => ({ kernel, ...backend.bind(kernel, operands) }));
  await backend.idle();
  const stamps = device.features.has('timestamp-query') ? createStamps(device) : null;
  const encoder = device.createCommandEncoder({ label: 'measurement' });
  const pass = encoder.beginComputePass({
    label: 'measurement',
    ...(stamps && { timestampWrites: stamps.writes }),
  });
  for (let i = 0; i < repeats; i++) {
    for (const { kernel, pipeline, bindGroup } of bound) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...kernel.workgroups);
    }
  }
  pass.end();
  stamps?.resolve(encoder);
  const begun = seconds();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  const elapsed = seconds() - begun;
  const onDevice = (await stamps?.read()) ?? 0;
  // Some drivers leave both stamps at 0.
  return (onDevice > 0 ? onDevice : elapsed) / repeats;
}

const STAMP_BYTES = 8;

/** The device's time at the beginning and at the end of a pass. */
function createStamps(device: GPUDevice) {
  const label = 'timestamps';
  const size = 2 * STAMP_BYTES;
  const querySet = device.createQuerySet({ label, type: 'timestamp', count: 2 });
  const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
  const resolved = device.createBuffer({ label, size, usage });
  const staging = device.createBuffer({
    label,
    size,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  return {
    writes: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    resolve(encoder: GPUCommandEncoder): void {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    },
    /** Seconds between the two. */
    async read(): Promise<number> {
      await staging.mapAsync(GPUMapMode.READ);
      const [begin = 0n, end = 0n] = new BigInt64Array(staging.getMappedRange());
      const seconds = Number(end - begin) / 1e9;
      [querySet, resolved, staging].forEach((used) => used.destroy());
      return seconds;
    },
  };
}

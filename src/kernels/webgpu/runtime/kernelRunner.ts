import type { GpuBackend } from './gpuBackend.ts';

/** What the operations ask of a backend, so that they can be asked, without a device, which kernels they run. */
export type KernelRunner = Pick<
  GpuBackend,
  'empty' | 'storageOf' | 'run' | 'view' | 'pack' | 'idle' | 'dryRun' | 'compileFor'
>;

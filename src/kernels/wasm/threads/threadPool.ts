/** Who computes: runs kernels, alone or with helpers that share the heap. */
import type { Kernels, ParallelArguments, ParallelName } from '../host/kernels.ts';

export interface ThreadPool {
  /** How many shares work is split into. */
  readonly parts: number;
  /** Kernels that one does alone. */
  readonly kernels: Kernels;
  /** Runs every share of a kernel and returns when all are done. */
  run<Name extends ParallelName>(name: Name, ...args: ParallelArguments[Name]): void;
}

export function singleThread(kernels: Kernels): ThreadPool {
  return {
    parts: 1,
    kernels,
    run(name, ...args) {
      const kernel = kernels[name] as (...args: number[]) => void;
      kernel(...args, 0, 1);
    },
  };
}

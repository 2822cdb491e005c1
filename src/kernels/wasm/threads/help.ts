import { instantiateKernels } from '../host/loadKernels.ts';
import {
  ARGUMENT_COUNT,
  ARGUMENTS,
  claim,
  controlLength,
  FAILED,
  type HelperStart,
  KERNEL,
  PENDING,
  SEQUENCE,
  waitForChange,
} from './control.ts';

/** A helper's life: does its share of every job, until its thread is ended from outside. Calls `ready` before it waits. */
export function help({ module, memory, control, part, parts }: HelperStart, ready: () => void): never {
  const kernels = Object.values(instantiateKernels(module, memory)) as ((...args: number[]) => void)[];
  const words = new Int32Array(memory.buffer, control, controlLength(parts));
  ready();
  for (let seen = 0; ;) {
    const now = waitForChange(words, SEQUENCE, seen);
    if (now === seen) continue; // woken for nothing
    seen = now;
    // Late: the share is done, and the words below may be another job's.
    if (!claim(words, part, now)) continue;
    const args = words.subarray(ARGUMENTS, ARGUMENTS + words[ARGUMENT_COUNT]!);
    try {
      kernels[words[KERNEL]!]!(...args, part, parts);
    } catch {
      Atomics.store(words, FAILED, 1);
    }
    if (Atomics.sub(words, PENDING, 1) === 1) Atomics.notify(words, PENDING);
  }
}

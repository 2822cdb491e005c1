import type { Heap } from '../heap.ts';
import { instantiateKernels } from '../loadKernels.ts';
import {
  ARGUMENT_COUNT,
  ARGUMENTS,
  CONTROL_LENGTH,
  FAILED,
  KERNEL,
  PENDING,
  SEQUENCE,
  type StartHelper,
  waitForChange,
} from './control.ts';
import type { Crew } from './crew.ts';

/** A crew of this thread and `parts` - 1 helpers, on a shared heap. This thread does the first share of every kernel. */
export async function crewOfMany(
  module: WebAssembly.Module,
  heap: Heap,
  parts: number,
  startHelper: StartHelper,
): Promise<Crew> {
  const { memory } = heap;
  const control = heap.allocate(CONTROL_LENGTH * Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(memory.buffer, control, CONTROL_LENGTH).fill(0);
  const helpers = Array.from({ length: parts - 1 }, (_, i) => i + 1);
  await Promise.all(helpers.map((part) => startHelper({ module, memory, control, part, parts })));

  const kernels = instantiateKernels(module, memory);
  const indices = new Map(Object.keys(kernels).map((name, i) => [name, i]));
  return {
    parts,
    kernels,
    run(name, ...args) {
      words[KERNEL] = indices.get(name)!;
      words[ARGUMENT_COUNT] = args.length;
      words.set(args, ARGUMENTS);
      Atomics.store(words, PENDING, parts - 1);
      Atomics.add(words, SEQUENCE, 1);
      Atomics.notify(words, SEQUENCE);

      const kernel = kernels[name] as (...args: number[]) => void;
      kernel(...args, 0, parts);
      for (let left = Atomics.load(words, PENDING); left > 0;) left = waitForChange(words, PENDING, left);
      if (Atomics.load(words, FAILED) !== 0) throw new Error(`A helper thread failed in ${name}.`);
    },
  };
}

import type { Heap } from '../host/heap.ts';
import { instantiateKernels } from '../host/loadKernels.ts';
import {
  ARGUMENT_COUNT,
  ARGUMENTS,
  claim,
  controlLength,
  FAILED,
  KERNEL,
  PENDING,
  SEQUENCE,
  type StartHelper,
  waitForChange,
} from './control.ts';
import type { ThreadPool } from './threadPool.ts';
import { HelperError } from './helperError.ts';

/** Milliseconds that a helper may take for its share, which takes one or two. */
const PATIENCE = 20_000;
/** Waited for in so many pieces: when a laptop has slept, only one of them is over too soon. */
const PIECES = 10;

/**
 * A pool of this thread and `parts` - 1 helpers, on a shared heap. This thread does the first share of every kernel, and those that
 * no helper has begun by then: a helper whose core is busy costs little more than its absence. `run` throws {@link HelperError} if
 * a helper is gone or stops in the middle of its share.
 */
export async function startThreadPool(
  module: WebAssembly.Module,
  heap: Pick<Heap, 'memory' | 'allocate'>,
  parts: number,
  startHelper: StartHelper,
  patience = PATIENCE,
): Promise<ThreadPool> {
  const { memory } = heap;
  const length = controlLength(parts);
  const control = heap.allocate(length * Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(memory.buffer, control, length).fill(0);
  const helpers = Array.from({ length: parts - 1 }, (_, i) => i + 1);
  let lost: string | undefined;
  const onLost = (why: string) => (lost ??= why);
  await Promise.all(helpers.map((part) => startHelper({ module, memory, control, part, parts }, onLost)));

  const kernels = instantiateKernels(module, memory);
  const indices = new Map(Object.keys(kernels).map((name, i) => [name, i]));

  function awaitHelpers(name: string): void {
    let idle = 0;
    for (let left = Atomics.load(words, PENDING); left > 0;) {
      const now = waitForChange(words, PENDING, left, patience / PIECES);
      idle = now === left ? idle + 1 : 0;
      left = now;
      if (idle >= PIECES) throw new HelperError(`it has not finished ${name} in ${patience / 1000} seconds`);
    }
  }
  return {
    parts,
    kernels,
    run(name, ...args) {
      if (lost !== undefined) throw new HelperError(lost);
      words[KERNEL] = indices.get(name)!;
      words[ARGUMENT_COUNT] = args.length;
      words.set(args, ARGUMENTS);
      Atomics.store(words, PENDING, parts - 1);
      const job = (Atomics.add(words, SEQUENCE, 1) + 1) | 0;
      Atomics.notify(words, SEQUENCE);

      const kernel = kernels[name] as (...args: number[]) => void;
      kernel(...args, 0, parts);
      for (const part of helpers) {
        if (!claim(words, part, job)) continue;
        kernel(...args, part, parts);
        Atomics.sub(words, PENDING, 1);
      }
      awaitHelpers(name);
      if (Atomics.load(words, FAILED) !== 0) throw new HelperError(`${name} failed on it`);
    },
  };
}

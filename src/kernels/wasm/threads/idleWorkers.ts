/**
 * tf.js's threaded WASM, the build whose memory can be shared, starts eight workers of its own with itself, each of which loads
 * the whole module, however many threads it is told to use. We tell it one, and give it workers that do nothing.
 */

/** Says that it has loaded the module, and is never asked for more. */
export class IdleWorker {
  onmessage: ((event: { data: { cmd: string } }) => void) | null = null;

  postMessage({ cmd }: { cmd: string }): void {
    if (cmd === 'load') queueMicrotask(() => this.onmessage?.({ data: { cmd: 'loaded' } }));
  }

  /* What Emscripten calls besides. */
  on(): void {}
  ref(): void {}
  unref(): void {}
  terminate(): void {}
}

/** Runs `start` with idle workers in the place of real ones. */
export async function withIdleWorkers<T>(start: () => Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  Object.defineProperty(globalThis, 'Worker', { value: IdleWorker, configurable: true, writable: true });
  try {
    return await start();
  } finally {
    if (real) Object.defineProperty(globalThis, 'Worker', real);
    else Reflect.deleteProperty(globalThis, 'Worker');
  }
}

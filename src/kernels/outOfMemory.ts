/** The device could not hold what was to be trained. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** A heap as large as this that fails has been filled: smaller ones fail for other reasons. */
const FULL = 1.5e9;

/**
 * What memory that ran out looks like in tf.js and in browsers, in words; undefined for every other error. Emscripten says "Aborted().
 * Build with -sASSERTIONS for more info." or runs out of bounds. `heapBytes`: of a WASM heap.
 */
export function explainMemory(error: unknown, heapBytes = 0): OutOfMemoryError | undefined {
  if (!(error instanceof Error)) return undefined;
  const isHeap =
    error instanceof WebAssembly.RuntimeError &&
    (/^Aborted\(/.test(error.message) || (/out of bounds/.test(error.message) && heapBytes > FULL));
  const isHost =
    error instanceof RangeError &&
    /allocation failed|invalid (typed )?array (buffer )?length|out of memory|could not allocate/i.test(
      error.message,
    );
  if (!isHeap && !isHost) return undefined;
  const held = isHeap && heapBytes > 0 ? `, which held ${(heapBytes / 1e9).toFixed(1)} GB` : '';
  return new OutOfMemoryError(
    isHeap
      ? `There was no memory left for this net and batch in WebAssembly${held}.`
      : 'The browser had no memory left for this net and batch.',
    { cause: error },
  );
}

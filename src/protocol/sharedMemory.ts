/**
 * Whether threads can share WebAssembly memory here. Asked for by using it: a page can be cross-origin isolated in a browser that has
 * no SharedArrayBuffer (WebKitGTK), and there are browsers that have it and no shared memory.
 */
export function canShareMemory(scope: Partial<SharingScope> = globalThis): boolean {
  const { SharedArrayBuffer, WebAssembly } = scope;
  if (SharedArrayBuffer === undefined || WebAssembly === undefined) return false;
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return memory.buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}

/** The globals that are asked. */
export interface SharingScope {
  readonly SharedArrayBuffer: typeof SharedArrayBuffer;
  readonly WebAssembly: Pick<typeof WebAssembly, 'Memory'>;
}

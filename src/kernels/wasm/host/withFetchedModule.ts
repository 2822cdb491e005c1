import { fetchModule, type ModuleFetch } from './fetchModule.ts';

/**
 * Runs `start`, which has tf.js load its WebAssembly, and rejects with the DeviceError of the file that it cannot have. tf.js itself says
 * only that the backend did not start, asks for a missing file three times, at last in a way that blocks the thread, and cannot be started
 * again afterwards; so its request is answered by ours, and left unanswered where the file does not arrive.
 */
export async function withFetchedModule<T>(start: () => Promise<T>, fetchFile?: ModuleFetch): Promise<T> {
  const { fetch: real } = globalThis;
  // Node's tf.js reads files instead.
  const whole = { configurable: true, writable: true };
  let fail: (error: unknown) => void = () => undefined;
  const missing = new Promise<never>((_, reject) => (fail = reject));
  const answer = (request: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = request instanceof Request ? request.url : String(request);
    if (!/\.wasm(\?|$)/.test(url)) return real(request, init);
    return new Promise((resolve) => {
      fetchModule(url, fetchFile ?? real).then((bytes) => resolve(moduleResponse(bytes)), fail);
    });
  };
  Object.defineProperty(globalThis, 'fetch', { ...whole, value: answer });
  try {
    return await Promise.race([start(), missing]);
  } finally {
    Object.defineProperty(globalThis, 'fetch', { ...whole, value: real });
  }
}

const moduleResponse = (bytes: Uint8Array<ArrayBuffer>) =>
  new Response(bytes, { headers: { 'content-type': 'application/wasm' } });

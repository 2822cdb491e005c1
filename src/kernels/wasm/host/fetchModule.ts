import { DeviceError } from '../../deviceError.ts';

/** The part of `fetch` that is used. */
export type ModuleFetch = (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>;

/** Milliseconds for a file of some 400 kB to arrive, over a slow line too. */
const PATIENCE = 60_000;

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/**
 * The bytes of the WebAssembly module at `url`. A request without an answer is made once more: a connection that was lost for a
 * moment is no reason to train on something slower. Rejects with a {@link DeviceError} that names the file and says what came instead.
 */
export async function fetchModule(
  url: string,
  fetch: ModuleFetch = (from, init) => globalThis.fetch(from, init),
  patience = PATIENCE,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = fileOf(url);
  const once = () => fetchOnce(url, fetch, patience);
  const { ok, status, type, bytes } = await once()
    .catch((cause: unknown) => {
      if (isTimeout(cause)) throw cause;
      return once();
    })
    .catch((cause: unknown) => {
      const why = isTimeout(cause)
        ? `no answer in ${Math.round(patience / 1000)} seconds`
        : `no answer (${String(cause)}), perhaps because of a filter or the connection`;
      throw new DeviceError(`${file} did not arrive: ${why}.`, { cause });
    });
  if (!ok) throw new DeviceError(`${file} did not arrive: HTTP ${status}.`);
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    const found = type === '' ? 'something else' : `something else (${type})`;
    throw new DeviceError(`${file} is no WebAssembly: ${found} came instead, perhaps the page of a proxy.`);
  }
  return bytes;
}

async function fetchOnce(url: string, fetch: ModuleFetch, patience: number) {
  const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
  return {
    ok: response.ok,
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

const isTimeout = (cause: unknown) => cause instanceof Error && cause.name === 'TimeoutError';

/** The address on its server, as filters list it. */
const fileOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

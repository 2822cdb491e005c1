/** One file over the wire: whole, or why not, and whether asking again may help. Never waits for a silent network. */
import { deadlines } from '../model/deadlines.ts';
import type { Trouble } from '../protocol/source.ts';

/** The part of `fetch` that is used, so that files can stand in for a server. */
export type DatasetFetch = (
  url: string,
  init: { readonly cache: CacheMode; readonly signal?: AbortSignal },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  /** What arrives, as it arrives; files from disk have none. */
  readonly body?: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

export type CacheMode = 'default' | 'no-cache' | 'reload';

/** The network keeps a file back: asking again later may help. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly trouble: Trouble;
  constructor(trouble: Trouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.trouble = trouble;
  }
}

/** The server says that there is no such file, or that it is not for us. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** Answers of a server that is busy, restarted or reached through something that is. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/** The bytes at `url`. Rejects with a {@link NetworkError} or an {@link HttpError}. */
export async function fetchFile(
  url: string,
  cache: CacheMode,
  fetch: DatasetFetch,
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = new Silence();
  try {
    const response = await silence.before(fetch(url, { cache, signal: silence.signal }));
    if (!response.ok) {
      const { status } = response;
      throw PASSING.includes(status) ? new NetworkError('server', `HTTP ${status}`) : new HttpError(status);
    }
    if (!response.body) return new Uint8Array(await silence.before(response.arrayBuffer()));
    return await readAll(response.body.getReader(), silence);
  } catch (cause) {
    if (cause instanceof NetworkError || cause instanceof HttpError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError('network', message, cause);
  } finally {
    silence.end();
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  silence: Silence,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await silence.before(reader.read());
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const bytes = new Uint8Array(length);
  let from = 0;
  for (const part of parts) {
    bytes.set(part, from);
    from += part.length;
  }
  return bytes;
}

/** Rejects what takes longer than {@link deadlines.request}, and ends the request with it. */
class Silence {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async before<T>(arrival: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new NetworkError('silence', `no answer for ${deadlines.request} s`));
      }, 1000 * deadlines.request);
    });
    try {
      return await Promise.race([arrival, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What was not waited for any longer is not wanted any more; what is over does not mind. */
  end(): void {
    this.#controller.abort();
  }
}

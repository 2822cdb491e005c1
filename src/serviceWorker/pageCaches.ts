/**
 * The files of the page, a cache for each version: while a page of an older version is open, what it loads later is there, whatever the
 * server has by then.
 */
import type { PrecacheEntry } from './scope.ts';

/** Files fetched at once: the page may train meanwhile. */
const PARALLEL = 4;

/** The page itself, among the files. */
export const PAGE_FILE = 'index.html';

interface PageCachesOptions {
  /** Address of the page's folder, with a slash at its end. */
  readonly scope: string;
  readonly entries: readonly PrecacheEntry[];
  readonly storage: CacheStorage;
  readonly fetch: typeof fetch;
}

interface File extends PrecacheEntry {
  readonly address: string;
  /** The address that it is kept under. */
  readonly key: string;
}

export class PageCaches {
  /** Names the version of the page that these files are of. */
  readonly version: string;
  readonly #options: PageCachesOptions;
  /** By their addresses. */
  readonly #files: ReadonlyMap<string, File>;
  /** Begins the names of this page's caches: others of this origin may be another page's, in another folder. */
  readonly #prefix: string;

  constructor(options: PageCachesOptions) {
    const { scope, entries } = options;
    const files = entries.map((entry): File => {
      const address = new URL(entry.url, scope).href;
      return { ...entry, address, key: entry.revision === null ? address : `${address}?${entry.revision}` };
    });
    const version = entries.find(({ url }) => url === PAGE_FILE)?.revision;
    if (!version) throw new Error(`${PAGE_FILE} with its version is not among the files of the page`);
    this.version = version;
    this.#options = options;
    this.#files = new Map(files.map((file) => [file.address, file]));
    this.#prefix = `residual-playground.page ${scope} `;
  }

  /** Fetches what is not there yet. Rejects if one file cannot be had; what came stays for the next attempt. */
  async fill(): Promise<void> {
    const cache = await this.#own();
    const files = [...this.#files.values()];
    const next = async (): Promise<void> => {
      for (let file = files.shift(); file; file = files.shift()) {
        if (await cache.match(file.key)) continue;
        const kept = file.revision === null ? await this.#ofAnyVersion(file.address) : undefined;
        await cache.put(file.key, kept ?? (await this.#fetch(file)));
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, next));
  }

  async #fetch({ address, revision, url }: File): Promise<Response> {
    const { fetch } = this.#options;
    // A name with a hash never changes: the page may have loaded it already.
    const response = await fetch(address, { cache: revision === null ? 'default' : 'reload' });
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    // Servers that answer with their front page where a file is missing have not got it.
    if (!response.ok || response.redirected || isPage !== url.endsWith('.html'))
      throw new Error(`${address}: HTTP ${response.status}, ${response.headers.get('content-type') ?? '?'}`);
    return response;
  }

  /** Whether `address` is one of a file that is kept, of this version or perhaps of another. */
  isOfPage(address: string): boolean {
    return this.#files.has(address) || address.startsWith(new URL('assets/', this.#options.scope).href);
  }

  /** A file of the page by its address; undefined where it is not kept. */
  async find(address: string): Promise<Response | undefined> {
    const file = this.#files.get(address);
    const own = await (await this.#own()).match(file?.key ?? address, { ignoreVary: true });
    return own ?? (file && file.revision !== null ? undefined : this.#ofAnyVersion(address));
  }

  page(): Promise<Response | undefined> {
    return this.find(new URL(PAGE_FILE, this.#options.scope).href);
  }

  /** Gives up the files of versions that no page is open with. */
  async tidy(open: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#names()) {
      const version = name.slice(this.#prefix.length);
      if (version !== this.version && !open.has(version)) await this.#options.storage.delete(name);
    }
  }

  #own(): Promise<Cache> {
    return this.#options.storage.open(this.#prefix + this.version);
  }

  async #names(): Promise<readonly string[]> {
    return (await this.#options.storage.keys()).filter((name) => name.startsWith(this.#prefix));
  }

  /** A file whose name has a hash is the same in each version that has it. */
  async #ofAnyVersion(address: string): Promise<Response | undefined> {
    for (const cacheName of await this.#names()) {
      const found = await this.#options.storage.match(address, { cacheName, ignoreVary: true });
      if (found) return found;
    }
    return undefined;
  }
}

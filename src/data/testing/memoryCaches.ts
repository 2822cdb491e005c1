/** Cache storage in memory, for tests: what of it is used here, and a quota. */
export class MemoryCaches {
  readonly caches = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  /** Bytes that fit in all caches together. */
  quota = Infinity;
  /** Where set, every call rejects with it. */
  broken: Error | null = null;

  get storage(): CacheStorage {
    return this as unknown as CacheStorage;
  }

  async open(name: string): Promise<Cache> {
    await this.#works();
    const entries = this.caches.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    this.caches.set(name, entries);
    const pathOf = (key: RequestInfo | URL) =>
      new URL(key instanceof Request ? key.url : key, 'https://host').href;
    const cache: Partial<Cache> = {
      match: async (key) => {
        await this.#works();
        const bytes = entries.get(pathOf(key));
        return bytes && new Response(bytes.slice());
      },
      put: async (key, response) => {
        await this.#works();
        const bytes = new Uint8Array(await response.arrayBuffer());
        const held = [...this.caches.values()].flatMap((one) => [...one.values()]);
        if (held.reduce((sum, { length }) => sum + length, bytes.length) > this.quota)
          throw new DOMException('Quota exceeded.', 'QuotaExceededError');
        entries.delete(pathOf(key));
        entries.set(pathOf(key), bytes);
      },
      delete: (key) => Promise.resolve(entries.delete(pathOf(key as string))),
      keys: () => Promise.resolve([...entries.keys()].map((url) => new Request(url))),
    };
    return cache as Cache;
  }

  async keys(): Promise<string[]> {
    await this.#works();
    return [...this.caches.keys()];
  }

  async delete(name: string): Promise<boolean> {
    await this.#works();
    return this.caches.delete(name);
  }

  async match(key: string, { cacheName = '' }: MultiCacheQueryOptions = {}): Promise<Response | undefined> {
    return (await this.open(cacheName)).match(key);
  }

  #works(): Promise<void> {
    return this.broken ? Promise.reject(this.broken) : Promise.resolve();
  }
}

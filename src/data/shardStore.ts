/**
 * Shards that stay in this browser, so that it trains without a network: those that were used, up to a bound, and all of them where a
 * person asks for that. They are known by their hash: another dataset under the same names is never taken for this one.
 */
import type { ShardEntry } from './manifest.ts';

/** What is kept unasked: 20,000 training images, as many as 300 steps of 64 use, the 10,000 test images, and two to spare. */
export const MOST_USED = { shards: 32, bytes: 72_000_000 } as const;

const USED = 'residual-playground.shards-used.1';
const ASKED = 'residual-playground.shards-asked.1';
/** Keys are addresses that nobody asks for. */
const FOLDER = '/residual-playground.kept/';

export interface Held {
  readonly shards: number;
  readonly bytes: number;
}

/** The browser has no room for more, or lets this page keep nothing. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'full' | 'denied';
  constructor(kind: 'full' | 'denied', cause: unknown) {
    super(kind === 'full' ? 'the storage of this page is full' : 'this browser keeps nothing for this page', {
      cause,
    });
    this.kind = kind;
  }
}

const toStoreError = (error: unknown): StoreError =>
  new StoreError(error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'denied', error);

type Entry = Pick<ShardEntry, 'sha256' | 'bytes'>;

export class ShardStore {
  readonly #storage: CacheStorage;
  /** What this visit has used: it is not given up for what comes after it, so that the same experiment can begin again. */
  readonly #used = new Set<string>();
  #keeping: Promise<void> = Promise.resolve();

  constructor(storage: CacheStorage) {
    this.#storage = storage;
  }

  /** A shard's bytes, unchecked; null where they are not kept, or cannot be read. */
  async find(entry: Entry): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#read(keyOf(entry));
  }

  /** Gives up what turned out to be damaged. */
  async drop(entry: Entry): Promise<void> {
    for (const name of [USED, ASKED]) await this.#delete(name, keyOf(entry));
  }

  /**
   * Keeps a sound shard that training uses, within {@link MOST_USED}: what earlier visits used makes way. Never rejects: nobody asked for
   * it, training needs nothing of it, and who asks for all of them is told why not.
   */
  keepUsed(entry: Entry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = keyOf(entry);
    if (this.#used.has(key)) return this.#keeping;
    this.#used.add(key);
    return (this.#keeping = this.#keeping.then(() => this.#keep(key, bytes)).catch(() => undefined));
  }

  async #keep(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const asked = await this.#storage.open(ASKED);
    const used = await this.#storage.open(USED);
    if ((await asked.match(key)) ?? (await used.match(key))) return;
    const held = await keysOf(used);
    const old = held.filter((one) => !this.#used.has(one));
    const isFull = (keys: readonly string[]) =>
      keys.length >= MOST_USED.shards || bytesOf(keys) + bytes.length > MOST_USED.bytes;
    let left = held;
    while (isFull(left)) {
      const oldest = old.shift();
      if (oldest === undefined) return;
      await used.delete(oldest);
      left = left.filter((one) => one !== oldest);
    }
    await put(used, key, bytes);
  }

  /** Keeps a sound shard until {@link clear}. Rejects with a {@link StoreError}. */
  async keepAsked(entry: Entry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = keyOf(entry);
    try {
      await put(await this.#storage.open(ASKED), key, bytes);
      await this.#delete(USED, key);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** Whether a person asked for this shard and it is there. */
  async isAsked(entry: Entry): Promise<boolean> {
    const asked = await this.#open(ASKED);
    return (await asked?.match(keyOf(entry))) !== undefined;
  }

  /** How many of these shards are kept, and their bytes. */
  async held(entries: readonly Entry[]): Promise<Held> {
    const keys = new Set<string>();
    for (const name of [USED, ASKED]) {
      const cache = await this.#open(name);
      for (const key of cache ? await keysOf(cache) : []) keys.add(key);
    }
    const own = entries.filter((entry) => keys.has(keyOf(entry)));
    return { shards: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** Gives up every shard and manifest. Rejects with a {@link StoreError}. */
  async clear(): Promise<void> {
    try {
      for (const name of [USED, ASKED]) await this.#storage.delete(name);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** The manifest that was last read at `url`; null where none was. */
  async manifest(url: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#read(manifestKey(url));
  }

  /** Keeps the manifest of `url`. Never rejects, as {@link keepUsed}. */
  async keepManifest(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const used = await this.#open(USED);
    await (used && put(used, manifestKey(url), bytes).catch(() => undefined));
  }

  async #read(key: string): Promise<Uint8Array<ArrayBuffer> | null> {
    for (const name of [ASKED, USED]) {
      const cache = await this.#open(name);
      try {
        const found = await cache?.match(key);
        if (found) return new Uint8Array(await found.arrayBuffer());
      } catch {
        // A file of the browser that cannot be read holds nothing: the server has it.
        await this.#delete(name, key);
      }
    }
    return null;
  }

  /** Null where this browser keeps nothing for this page. */
  async #open(name: string): Promise<Cache | null> {
    return this.#storage.open(name).catch(() => null);
  }

  async #delete(name: string, key: string): Promise<void> {
    const cache = await this.#open(name);
    await cache?.delete(key).catch(() => false);
  }
}

/** The store of this page or worker; null where there is none (no secure context). */
export function shardStoreHere(): ShardStore | null {
  const { caches } = globalThis as { caches?: CacheStorage };
  return caches ? new ShardStore(caches) : null;
}

/** Hash and length, so that a list of keys says how much they hold. */
const keyOf = ({ sha256, bytes }: Entry) => `${FOLDER}${sha256}-${bytes}`;
const manifestKey = (url: string) => `${FOLDER}manifest?${encodeURIComponent(url)}`;

const put = (cache: Cache, key: string, bytes: Uint8Array<ArrayBuffer>) =>
  cache.put(key, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));

/** The keys of a cache's shards, the one that was kept first coming first. */
async function keysOf(cache: Cache): Promise<readonly string[]> {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  return paths.filter((path) => /-\d+$/.test(path));
}

const bytesOf = (keys: readonly string[]) =>
  keys.reduce((sum, key) => sum + Number(key.slice(key.lastIndexOf('-') + 1)), 0);

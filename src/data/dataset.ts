/** The dataset as training sees it: images by number, whose shards are loaded before or when they are needed. */
import { fetchFile, HttpError, NetworkError, type DatasetFetch } from './fetchFile.ts';
import { LoadQueue } from './loadQueue.ts';
import { ManifestError, parseManifest, type Manifest, type ShardEntry, type Split } from './manifest.ts';
import { shardOrderFrom, shardStarts, type OrderSettings } from './order.ts';
import { loadOnce, type NeededTicket, type Patience } from './patience.ts';
import { decodeShard, fetchShard, fileUrl, keptBack } from './shards.ts';
import type { RecipeConfig } from '../model/config.ts';
import type { ShardStore } from './shardStore.ts';
import { IMAGE_SIZE } from '../model/dataset.ts';

export interface RawImages {
  /** uint8 `[n, 32, 32, 3]` */
  readonly pixels: Uint8Array;
  /** Class numbers, `[n]`. */
  readonly labels: Uint8Array;
}

export interface Dataset {
  readonly manifest: Manifest;
  /**
   * The images of these numbers, in that order, once their shards are there. Rejects with a ShardError if one cannot
   * be had (asking again tries again) and with a RangeError if there is no such image.
   */
  gather(split: Split, indices: Uint32Array): Promise<RawImages>;
  /** Loads and decodes the shard with which training in this order, from batch `from` on, begins. Rejects with a ShardError. */
  loadFirst(order: LoadOrder, from?: number): Promise<void>;
  /** Loads every shard behind what else is asked for, in the order in which it is needed from there on, and decodes each one ahead. */
  loadAll(order: LoadOrder, from?: number): void;
}

/** What the order in which shards are needed depends on. */
export type LoadOrder = OrderSettings & Pick<RecipeConfig, 'batchSize'>;

export interface LoadProgress {
  readonly shardsLoaded: number;
  readonly shards: number;
  readonly bytesLoaded: number;
  readonly bytes: number;
}

export interface DatasetOptions {
  /** Address of the dataset's folder. */
  readonly url: string;
  readonly fetch: DatasetFetch;
  /** Asks again for what the network keeps back; without it nothing is asked for again. */
  readonly patience?: Patience;
  /** Shards that are kept here; what is used is kept there. */
  readonly store?: ShardStore | null;
  /** Called after each shard that has arrived and was found sound. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Few: what is loaded ahead must take neither the network from what is waited for nor the processor from training. */
const PARALLEL_REQUESTS = 2;
/** So many training shards are loaded before the first test shard, which the first evaluation needs. */
const HEAD_START = 3;

/** Opens the dataset: rejects with a {@link ManifestError} if there is none. Shards are loaded when they are asked for. */
export async function openDataset({
  url,
  fetch,
  patience,
  store = null,
  onProgress,
}: DatasetOptions): Promise<Dataset> {
  const queue = new LoadQueue(PARALLEL_REQUESTS);
  const load = <T>(file: string, attempt: () => Promise<T>) =>
    patience?.load(file, queue, attempt) ?? loadOnce(queue, attempt);
  const manifest = await loadManifest(url, fetch, store, load);
  const all = [...manifest.train.shards, ...manifest.test.shards];
  const bytes = all.reduce((sum, shard) => sum + shard.bytes, 0);
  let shardsLoaded = 0;
  let bytesLoaded = 0;

  const loadShard: LoadShard = (entry) => {
    const { result, ...ticket } = load(entry.file, () => fetchShard(url, entry, fetch, store));
    const loaded = result.then(
      (shard) => {
        shardsLoaded++;
        bytesLoaded += entry.bytes;
        onProgress?.({ shardsLoaded, shards: all.length, bytesLoaded, bytes });
        return shard;
      },
      (error: unknown) => {
        throw error instanceof NetworkError ? keptBack(url, entry, error) : error;
      },
    );
    return { ...ticket, result: loaded };
  };
  const use: UseShard = (entry, bytes) => void store?.keepUsed(entry, bytes);
  const stores: Record<Split, SplitStore> = {
    train: new SplitStore(manifest.train.shards, loadShard, use),
    test: new SplitStore(manifest.test.shards, loadShard, use),
  };

  const shardImages = manifest.train.shards.map((shard) => shard.images);
  const orderOf = (settings: LoadOrder, from: number) =>
    shardOrderFrom(settings, from * settings.batchSize, shardImages);
  return {
    manifest,
    async gather(split, indices) {
      const pixels = await stores[split].gather(indices);
      return { pixels, labels: Uint8Array.from(indices, (index) => manifest[split].labels[index]!) };
    },
    async loadFirst(settings, from = 0) {
      const [first] = orderOf(settings, from);
      if (first !== undefined) await stores.train.decoded(first);
    },
    loadAll(settings, from = 0) {
      const order = orderOf(settings, from);
      const [firstTest, ...otherTests] = manifest.test.shards.keys();
      order.slice(0, HEAD_START).forEach((shard) => stores.train.preload(shard));
      if (firstTest !== undefined) stores.test.preload(firstTest);
      order.slice(HEAD_START).forEach((shard) => stores.train.preload(shard));
      otherTests.forEach((shard) => stores.test.preload(shard));
      stores.train.decodeAhead(order);
    },
  };
}

type LoadShard = (entry: ShardEntry) => NeededTicket<Uint8Array<ArrayBuffer>>;
/** Hears of each shard that is used, before its bytes are let go. */
type UseShard = (entry: ShardEntry, bytes: Uint8Array<ArrayBuffer>) => void;
type Load = <T>(file: string, attempt: () => Promise<T>) => NeededTicket<T>;

/** The manifest of the server, or where the network keeps it back the one that was read last. Rejects with a {@link ManifestError}. */
export async function loadManifest(
  url: string,
  fetch: DatasetFetch,
  store: ShardStore | null,
  load: Load,
): Promise<Manifest> {
  const address = fileUrl(url, 'manifest.json');
  const fail = (what: string, cause?: unknown) =>
    new ManifestError(
      `There is no dataset at ${address} (${what}).`,
      cause === undefined ? undefined : { cause },
    );
  const attempt = async () => {
    try {
      return await fetchFile(address, 'no-cache', fetch);
    } catch (error) {
      const kept = error instanceof NetworkError ? await store?.manifest(address) : null;
      if (!kept) throw error;
      return kept;
    }
  };
  let bytes;
  try {
    const { result, need } = load('manifest.json', attempt);
    need();
    bytes = await result;
  } catch (error) {
    if (error instanceof HttpError || error instanceof NetworkError) throw fail(error.message, error);
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw fail('what is there is not JSON', cause);
  }
  const manifest = parseManifest(json);
  void store?.keepManifest(address, bytes);
  return manifest;
}

/** The shards of the training or of the test images. Bytes are decoded when first needed, which spreads the work. */
class SplitStore {
  readonly #entries: readonly ShardEntry[];
  readonly #load: LoadShard;
  readonly #use: UseShard;
  /** Of shards that have been asked for and are not decoded yet. */
  readonly #tickets = new Map<number, NeededTicket<Uint8Array<ArrayBuffer>>>();
  readonly #pixels = new Map<number, Promise<Uint8Array>>();
  readonly #starts: readonly number[];
  /** The shard of each image. */
  readonly #shardOf: Uint32Array;
  /** The shard that is needed after each shard. */
  #following: ReadonlyMap<number, number> = new Map();

  constructor(entries: readonly ShardEntry[], load: LoadShard, use: UseShard) {
    this.#entries = entries;
    this.#load = load;
    this.#use = use;
    this.#starts = shardStarts(entries.map((entry) => entry.images));
    this.#shardOf = Uint32Array.from(
      entries.flatMap((entry, shard) => Array<number>(entry.images).fill(shard)),
    );
  }

  /** Has a shard's bytes fetched, once. A failure is forgotten: who needs the shard tries anew, and is told. */
  preload(shard: number): void {
    if (!this.#tickets.has(shard) && !this.#pixels.has(shard)) this.#fetch(shard);
  }

  /** From now on a shard's use has the next one in `order` decoded as well. */
  decodeAhead(order: readonly number[]): void {
    this.#following = new Map(order.slice(1).map((shard, i) => [order[i]!, shard]));
  }

  #fetch(shard: number): NeededTicket<Uint8Array<ArrayBuffer>> {
    const ticket = this.#load(this.#entries[shard]!);
    this.#tickets.set(shard, ticket);
    ticket.result.catch(() => this.#tickets.delete(shard));
    return ticket;
  }

  async gather(indices: Uint32Array): Promise<Uint8Array> {
    const shards = new Set<number>();
    for (const index of indices) {
      const shard = this.#shardOf[index];
      if (shard === undefined) throw new RangeError(`there is no image ${index}`);
      shards.add(shard);
    }
    const pixels = new Map<number, Uint8Array>();
    const needed = async (shard: number) => {
      const arriving = this.decoded(shard);
      this.#tickets.get(shard)?.need();
      pixels.set(shard, await arriving);
    };
    await Promise.all(Array.from(shards, needed));
    for (const shard of shards) {
      const next = this.#following.get(shard);
      // Whoever needs it is told if it cannot be had.
      if (next !== undefined) this.decoded(next).catch(() => {});
    }

    const out = new Uint8Array(indices.length * IMAGE_SIZE);
    indices.forEach((index, i) => {
      const shard = this.#shardOf[index]!;
      const start = (index - this.#starts[shard]!) * IMAGE_SIZE;
      out.set(pixels.get(shard)!.subarray(start, start + IMAGE_SIZE), i * IMAGE_SIZE);
    });
    return out;
  }

  /** The pixels of a shard; rejects with a ShardError. */
  decoded(shard: number): Promise<Uint8Array> {
    const known = this.#pixels.get(shard);
    if (known) return known;
    const pixels = this.#decode(shard);
    this.#pixels.set(shard, pixels);
    pixels.catch(() => this.#pixels.delete(shard));
    return pixels;
  }

  async #decode(shard: number): Promise<Uint8Array> {
    const ticket = this.#tickets.get(shard) ?? this.#fetch(shard);
    ticket.hurry();
    const bytes = await ticket.result;
    this.#tickets.delete(shard);
    this.#use(this.#entries[shard]!, bytes);
    return decodeShard(bytes, this.#entries[shard]!);
  }
}

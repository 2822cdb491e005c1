/** Has every shard of the dataset kept in this browser. */
import { NetworkError, type DatasetFetch } from './fetchFile.ts';
import { LoadQueue } from './loadQueue.ts';
import type { Manifest, ShardEntry } from './manifest.ts';
import { fetchShard, keptBack } from './shards.ts';
import { StoreError, type ShardStore } from './shardStore.ts';
import type { KeptData } from '../protocol/keptData.ts';

/** As many as training loads at once: it may go on meanwhile. */
const PARALLEL = 2;

/** Bytes that the browser would still give this page; null where it does not say. */
export type Room = () => Promise<number | null>;

const shardsOf = ({ train, test }: Manifest): readonly ShardEntry[] => [...train.shards, ...test.shards];

export async function keptOf(manifest: Manifest, store: ShardStore): Promise<KeptData> {
  const all = shardsOf(manifest);
  const held = await store.held(all);
  return { ...held, allShards: all.length, allBytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
}

interface KeepOptions {
  /** Address of the dataset's folder. */
  readonly url: string;
  readonly manifest: Manifest;
  readonly fetch: DatasetFetch;
  readonly store: ShardStore;
  readonly room: Room;
  /** Hears after each shard. */
  readonly tell: (kept: KeptData) => void;
}

/**
 * Keeps what is not kept yet; called again it goes on where it ended. Rejects with a {@link StoreError} where the browser has no room, at
 * once where that is known, and with a ShardError; what was kept until then stays.
 */
export async function keepAll({ url, manifest, fetch, store, room, tell }: KeepOptions): Promise<KeptData> {
  const before = await keptOf(manifest, store);
  const free = await room();
  if (free !== null && before.allBytes - before.bytes > free)
    throw new StoreError('full', new Error(`${free} bytes are free`));
  tell(before);
  let told = before.shards;
  const queue = new LoadQueue(PARALLEL);
  const faults: unknown[] = [];
  const keep = async (entry: ShardEntry) => {
    if (faults.length > 0 || (await store.isAsked(entry))) return;
    try {
      await store.keepAsked(entry, await fetchShard(url, entry, fetch, store));
      const now = await keptOf(manifest, store);
      if (now.shards > told) tell(now);
      told = Math.max(told, now.shards);
    } catch (error) {
      faults.push(error instanceof NetworkError ? keptBack(url, entry, error) : error);
    }
  };
  // All of them end before this does: nothing is written behind the back of who was told that it failed.
  await Promise.all(shardsOf(manifest).map((entry) => queue.add(() => keep(entry)).result));
  if (faults.length > 0) throw faults[0];
  return keptOf(manifest, store);
}

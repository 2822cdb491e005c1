/** What the worker that keeps the dataset does with its commands; it needs no worker, only a way to post, to fetch and to keep. */
import { loadManifest } from '../../data/dataset.ts';
import { HttpError, NetworkError, type DatasetFetch } from '../../data/fetchFile.ts';
import { keepAll, keptOf, type Room } from '../../data/keepAll.ts';
import { LoadQueue } from '../../data/loadQueue.ts';
import { ManifestError } from '../../data/manifest.ts';
import { loadOnce } from '../../data/patience.ts';
import { ShardError } from '../../data/shards.ts';
import { StoreError, type ShardStore } from '../../data/shardStore.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { KeepCommand, KeepMessage, KeepTrouble, KeptData } from '../../protocol/keptData.ts';

/** Keeps nothing where `store` is null. Each command is answered by `done` or `failed`. */
export function createKeepDataHandler(
  post: (message: KeepMessage) => void,
  fetch: DatasetFetch,
  store: ShardStore | null,
  room: Room,
): (command: KeepCommand) => Promise<void> {
  async function obey({ kind, url }: KeepCommand): Promise<KeptData> {
    if (!store) throw new StoreError('denied', new Error('there is no cache storage'));
    const queue = new LoadQueue(1);
    const manifest = await loadManifest(url, fetch, store, (_file, attempt) => loadOnce(queue, attempt));
    if (kind === 'remove') await store.clear();
    if (kind !== 'keep') return keptOf(manifest, store);
    return keepAll({ url, manifest, fetch, store, room, tell: (kept) => post({ kind: 'kept', kept }) });
  }
  return async (command) => {
    try {
      post({ kind: 'done', kept: await obey(command) });
    } catch (error) {
      post({ kind: 'failed', trouble: troubleOf(error), failure: toFailure(error) });
    }
  };
}

/** A server that has no such file, or cannot be reached, is one that cannot give it; what came and is another file is damaged. */
function troubleOf(error: unknown): KeepTrouble {
  if (error instanceof StoreError) return error.kind;
  const isOfData = error instanceof ShardError || error instanceof ManifestError;
  const cause = isOfData ? error.cause : error;
  return cause instanceof NetworkError || cause instanceof HttpError ? 'unreachable' : 'damaged';
}

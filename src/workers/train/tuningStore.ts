import type { TuningMemory } from '../../kernels/webgpu/tuning/tuningMemory.ts';

const NAME = 'residual-playground-gpu-tuning';

/** What of a browser the memory needs: stored responses, and locks that all workers of the page's origin share. */
export interface TuningSurroundings {
  readonly caches?: Pick<CacheStorage, 'open'>;
  readonly locks?: Pick<LockManager, 'request'>;
}

/**
 * The browser's memory of what was tuned, shared by all workers. Null where nothing can be stored (a page whose storage is
 * blocked): then lanes could not agree on what they measure.
 */
export async function openTuningMemory(
  { caches, locks }: TuningSurroundings = globalSurroundings(),
): Promise<TuningMemory | null> {
  if (!caches || !locks) return null;
  const cache = await caches.open(NAME).catch(() => null);
  if (!cache) return null;
  // A cache's keys are addresses; this one is never fetched.
  const addressOf = (key: string) => `/${NAME}/${encodeURIComponent(key)}`;
  return {
    exclusively: (work) => locks.request(NAME, work),
    read: async (key) => (await cache.match(addressOf(key)))?.text(),
    write: (key, text) => cache.put(addressOf(key), new Response(text)),
  };
}

function globalSurroundings(): TuningSurroundings {
  const { caches, navigator } = globalThis as { caches?: CacheStorage; navigator?: { locks?: LockManager } };
  return { ...(caches && { caches }), ...(navigator?.locks && { locks: navigator.locks }) };
}

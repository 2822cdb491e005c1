import { useEffect, useState } from 'react';

export interface StorageFacts {
  /** Bytes that the browser would still give; null where it does not say. */
  readonly free: number | null;
  /** Whether it has promised to keep what is stored; null where it does not say. */
  readonly persistent: boolean | null;
}

const unknown: StorageFacts = { free: null, persistent: null };

/** Absent where the page came over plain http from another machine. */
const manager = (): StorageManager | null => ('storage' in navigator ? navigator.storage : null);

async function look(): Promise<StorageFacts> {
  const storage = manager();
  if (!storage) return unknown;
  // A browser that does not answer does not say.
  const [estimate, persistent] = await Promise.all([
    storage.estimate().catch(() => null),
    storage.persisted().catch(() => null),
  ]);
  const { quota, usage } = estimate ?? {};
  return { free: quota === undefined || usage === undefined ? null : Math.max(0, quota - usage), persistent };
}

/** What the browser says of its storage, anew when `key` is another. */
export function useStorage(key: unknown) {
  const [facts, setFacts] = useState(unknown);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    let isOver = false;
    void look().then((seen) => {
      if (!isOver) setFacts(seen);
    });
    return () => {
      isOver = true;
    };
  }, [key]);
  const persist = async () => {
    const granted =
      (await manager()
        ?.persist()
        .catch(() => false)) ?? false;
    setRefused(!granted);
    setFacts(await look());
  };
  return { facts, refused, persist };
}

/** What of the dataset is kept in this browser, and what a person can do about it. It goes on while nothing shows it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { KeepError, type DataKeeping } from '../../client/keptData.ts';
import type { KeptData } from '../../protocol/keptData.ts';

export interface KeptDataState {
  readonly kind: 'unknown' | 'looking' | 'keeping' | 'known' | 'failed';
  /** As it was last known. */
  readonly kept: KeptData | null;
  /** Why it failed. */
  readonly error: KeepError | null;
  /** Whether the browser has promised to keep it when the disk is full; null before it was asked. */
  readonly isPersistent: boolean | null;
}

export interface KeptDataActions {
  readonly store: StoreApi<KeptDataState>;
  /** Looks what is kept. Nothing while something is done. */
  readonly look: () => Promise<void>;
  /** Keeps all of it, and asks the browser not to give it up by itself. */
  readonly keep: () => Promise<void>;
  readonly cancel: () => void;
  readonly remove: () => Promise<void>;
}

/** `persist` asks the browser; it may ask the person. */
export function createKeptData(keeping: DataKeeping, persist: () => Promise<boolean>): KeptDataActions {
  const store = createStore<KeptDataState>()(() => ({
    kind: 'unknown',
    kept: null,
    error: null,
    isPersistent: null,
  }));
  let under: AbortController | null = null;

  async function run(
    kind: 'looking' | 'keeping',
    work: (signal: AbortSignal) => Promise<KeptData>,
  ): Promise<void> {
    if (under) return;
    under = new AbortController();
    store.setState({ kind, error: null });
    try {
      store.setState({ kind: 'known', kept: await work(under.signal) });
    } catch (error) {
      if (under.signal.aborted) store.setState({ kind: 'known' });
      else if (error instanceof KeepError) store.setState({ kind: 'failed', error });
      else throw error;
    } finally {
      under = null;
    }
  }

  return {
    store,
    look: () => run('looking', (signal) => keeping.look(signal)),
    keep() {
      void persist().then((isPersistent) => store.setState({ isPersistent }));
      return run('keeping', (signal) => keeping.keep(signal, (kept) => store.setState({ kept })));
    },
    cancel: () => under?.abort(),
    remove: () => run('looking', (signal) => keeping.remove(signal)),
  };
}

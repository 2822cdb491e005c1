/** Parts that something else than a component waits for: what was pressed, or what is to begin by itself. */
import type { Part } from './part.ts';

let awaited: readonly Part<unknown>[] = [];
const listeners = new Set<() => void>();

/** Those that were waited for so far: `AwaitedParts` says where one does not come. */
export const awaitedParts = {
  all: (): readonly Part<unknown>[] => awaited,
  subscribe: (tell: () => void): (() => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};

/** What the part brings. Where it does not come the page says so, and it is waited for until it is tried again. */
export async function awaitPart<T>(part: Part<T>): Promise<T> {
  if (!awaited.includes(part)) {
    awaited = [...awaited, part];
    for (const tell of listeners) tell();
  }
  for (;;) {
    try {
      return await part.load();
    } catch {
      // Why is said by `AwaitedParts`.
      await new Promise<void>((resolve) => {
        const leave = part.onRetry(() => {
          leave();
          resolve();
        });
      });
    }
  }
}

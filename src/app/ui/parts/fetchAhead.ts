/** Loads the parts of the page before they are asked for, one after the other in quiet moments: then they are there offline, too. */
import { knownParts, type Part } from './part.ts';

/** What of a browser this needs; tests give others. */
export interface Quiet {
  /** Calls back when the page has nothing else to do. */
  readonly whenIdle: (callback: () => void) => void;
  /** Calls back when the network has come back. */
  readonly onOnline: (callback: () => void) => void;
}

/** One that does not come stays as it was: whoever asks for it is told why. It is tried again when the network has come back. */
export function fetchAhead(
  { whenIdle, onOnline }: Quiet,
  parts: () => readonly Part<unknown>[] = knownParts,
): void {
  let tried = new Set<Part<unknown>>();
  let isGoing = false;

  function next(): void {
    const part = parts().find((one) => one.loaded() === null && !tried.has(one));
    isGoing = part !== undefined;
    if (!part) return;
    tried.add(part);
    whenIdle(() => {
      part
        .load()
        // Nobody has asked for it yet: whoever does begins anew.
        .catch(() => part.retry())
        .finally(next);
    });
  }

  onOnline(() => {
    tried = new Set();
    if (!isGoing) next();
  });
  next();
}

/** Milliseconds that a browser without requestIdleCallback (WebKit) is left alone. */
const REST = 1000;

/** Calls back when this page has nothing else to do. */
export function whenIdle(callback: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(callback);
  else setTimeout(callback, REST);
}

/** Whether the person has asked this browser to load only what is needed. */
export const isSavingData = (): boolean =>
  ('connection' in navigator && (navigator.connection as { saveData?: boolean }).saveData) ?? false;

/** In this browser, once the page has been loaded; not where the person asks to save data. */
export function fetchAheadHere(): void {
  if (isSavingData()) return;
  const begin = () => fetchAhead({ whenIdle, onOnline: (callback) => addEventListener('online', callback) });
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}

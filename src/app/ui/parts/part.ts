/** A part of the page that is loaded when it is needed, and again when it did not come. */
import type { PartName } from './enParts.ts';
import { PartError } from './partError.ts';
import { fetchFiles, readPartFiles } from './partFiles.ts';

export interface Part<T> {
  readonly name: PartName;
  /** What was loaded; null before. */
  readonly loaded: () => T | null;
  /** Loads it once; the same promise until it has failed and {@link retry} was called. */
  readonly load: () => Promise<T>;
  /** Forgets a failure. Does nothing while it is on its way or there. */
  readonly retry: () => void;
  /** Counts the retries. */
  readonly attempt: () => number;
  /** Tells of every retry, until the returned function is called. */
  readonly onRetry: (tell: () => void) => () => void;
}

const all: Part<unknown>[] = [];

/** The parts that are known so far: one that is loaded may make others known. */
export const knownParts = (): readonly Part<unknown>[] => all;

/** `name` is the file that `importIt` imports, without its ending. */
export function createPart<T>(
  name: PartName,
  importIt: () => Promise<T>,
  arrive: (name: string) => Promise<void> = arriveHere,
): Part<T> {
  let state: { readonly kind: 'new' | 'failed' } | { readonly kind: 'loaded'; readonly value: T } = {
    kind: 'new',
  };
  let promise: Promise<T> | null = null;
  let attempts = 0;
  const listeners = new Set<() => void>();

  async function attemptLoad(): Promise<T> {
    try {
      await arrive(name);
      const value = await importIt().catch((error: unknown) => {
        throw new PartError('broken', null, { cause: error });
      });
      state = { kind: 'loaded', value };
      return value;
    } catch (error) {
      state = { kind: 'failed' };
      throw error;
    }
  }

  const part: Part<T> = {
    name,
    loaded: () => (state.kind === 'loaded' ? state.value : null),
    load: () => (promise ??= readAtOnce(attemptLoad())),
    retry() {
      if (state.kind !== 'failed') return;
      state = { kind: 'new' };
      promise = null;
      attempts++;
      for (const tell of listeners) tell();
    },
    attempt: () => attempts,
    onRetry(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
  all.push(part);
  return part;
}

/** Tells React what the promise has brought, so that `use` has it without waiting once more. */
function readAtOnce<T>(promise: Promise<T>): Promise<T> {
  promise.then(
    (value) => Object.assign(promise, { status: 'fulfilled', value }),
    // Whoever shows the part says it.
    () => undefined,
  );
  return promise;
}

async function arriveHere(name: string): Promise<void> {
  // Where there is no page, in tests of what it does, there is no list either.
  const files = typeof document === 'undefined' ? null : readPartFiles(document);
  if (!files) return;
  const own = files[name];
  if (!own) throw new Error(`no part of the built page is called ${name}`);
  await fetchFiles(own, fetch, document.baseURI);
}

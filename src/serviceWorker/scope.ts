/** What of a service worker's globals is used here (https://www.w3.org/TR/service-workers/): the page's library of types has them not. */

export interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  /** What the browser asked for while the worker started; undefined where it did not. */
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(response: Promise<Response>): void;
}

export interface MessageEventOfPage extends ExtendableEvent {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

export interface ServiceWorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, 'scope' | 'installing' | 'waiting'> &
    Partial<Pick<ServiceWorkerRegistration, 'navigationPreload'>>;
  readonly caches: CacheStorage;
  readonly navigator: { readonly locks: Pick<LockManager, 'query'> };
  readonly clients: { claim(): Promise<void> };
  readonly fetch: typeof fetch;
  skipWaiting(): Promise<void>;
}

interface Events {
  readonly install: ExtendableEvent;
  readonly activate: ExtendableEvent;
  readonly fetch: FetchEvent;
  readonly message: MessageEventOfPage;
}

export interface ServiceWorkerGlobals extends ServiceWorkerScope {
  readonly __WB_MANIFEST: readonly PrecacheEntry[];
  addEventListener<K extends keyof Events>(kind: K, listener: (event: Events[K]) => void): void;
}

/** A file of the page, as workbox-build lists it. */
export interface PrecacheEntry {
  /** Relative to the page's folder. */
  readonly url: string;
  /** Tells versions of a file apart whose name has no hash; null where the name has one. */
  readonly revision: string | null;
}

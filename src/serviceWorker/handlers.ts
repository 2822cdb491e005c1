/** What the service worker does; it needs no service worker, only what it has of one. */
import { readServiceWorkerCommand, versionsHeld, type VersionAnswer } from '../protocol/pageVersion.ts';
import { PAGE_FILE, PageCaches } from './pageCaches.ts';
import type {
  ExtendableEvent,
  FetchEvent,
  MessageEventOfPage,
  PrecacheEntry,
  ServiceWorkerScope,
} from './scope.ts';
import { SECURITY_HEADERS } from './securityHeaders.ts';

/** Milliseconds after which a server that has not answered with the page is not waited for. */
const PATIENCE = 3000;

/** What a browser isolates, or refuses in an isolated page, by its headers. */
const ISOLATED: readonly RequestDestination[] = ['document', 'worker', 'sharedworker'];

/** `response` with the headers that its server does not send. */
export function completed(response: Response): Response {
  // A redirection, or what nobody may look into: the browser takes it as it is.
  if (response.type === 'opaqueredirect' || response.type === 'error' || response.status === 304)
    return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    if (!headers.has(name)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

export interface Handlers {
  install(event: ExtendableEvent): void;
  activate(event: ExtendableEvent): void;
  fetch(event: FetchEvent): void;
  message(event: MessageEventOfPage): void;
}

export function createHandlers(scope: ServiceWorkerScope, entries: readonly PrecacheEntry[]): Handlers {
  const { registration, clients, navigator } = scope;
  const folder = registration.scope;
  const caches = new PageCaches({
    scope: folder,
    entries,
    storage: scope.caches,
    fetch: (...asked) => scope.fetch(...asked),
  });

  /** Not while another version comes: its files are still nobody's. */
  async function tidy(): Promise<void> {
    if (!registration.installing && !registration.waiting)
      await caches.tidy(await versionsHeld(navigator.locks));
  }

  /** The server's page, so that a new one is seen at once; the one that is kept where the server cannot give one. */
  async function page({ request, preloadResponse }: FetchEvent): Promise<Response> {
    const asked = preloadResponse.then((response) => response ?? scope.fetch(request));
    const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
    const answer = await Promise.race([asked.catch(() => null), late]);
    if (answer && (answer.ok || answer.type === 'opaqueredirect')) return completed(answer);
    return completed((await caches.page()) ?? (await asked));
  }

  async function file(request: Request, address: string): Promise<Response> {
    const kept = await caches.find(address);
    if (kept) return completed(kept);
    const response = await scope.fetch(request);
    return ISOLATED.includes(request.destination) ? completed(response) : response;
  }

  return {
    install: (event) => event.waitUntil(caches.fill()),
    activate: (event) =>
      event.waitUntil(
        Promise.all([
          registration.navigationPreload?.enable(),
          // What the first visit loads later is there as well.
          clients.claim(),
          tidy(),
        ]),
      ),
    fetch(event) {
      const { request } = event;
      const address = new URL(request.url);
      const { origin, pathname } = address;
      if (request.method !== 'GET' || !address.href.startsWith(folder)) return;
      const plain = origin + pathname;
      if (request.mode === 'navigate') {
        if (plain !== folder && plain !== folder + PAGE_FILE) return;
        event.respondWith(page(event));
        return;
      }
      // Who asks past every cache wants the server's answer.
      if (request.cache === 'no-store' || request.cache === 'reload') return;
      if (caches.isOfPage(plain)) event.respondWith(file(request, plain));
    },
    message(event) {
      const command = readServiceWorkerCommand(event.data);
      if (command?.kind === 'version')
        event.ports[0]?.postMessage({ kind: 'version', version: caches.version } satisfies VersionAnswer);
      if (command?.kind === 'takeOver') void scope.skipWaiting();
      if (command?.kind === 'tidy') event.waitUntil(tidy());
    },
  };
}

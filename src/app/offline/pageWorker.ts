/** The page's side of its service worker: registers it once the page is quiet, and knows when another version waits. */
import { holdVersion, readVersion, type ServiceWorkerCommand } from '../../protocol/pageVersion.ts';

export interface PageWorkerState {
  /** A version of the page waits that is not this one. */
  readonly newVersion: boolean;
  /** Loaded again, the page would be isolated, and so have threads: its server does not isolate it, and its service worker does. */
  readonly isolates: boolean;
}

export interface PageWorker {
  readonly state: () => PageWorkerState;
  /** Calls back after every change; gives what ends that. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Loads the page again: as the version that waits, if one does. */
  readonly loadAgain: () => Promise<void>;
}

type Container = Pick<
  ServiceWorkerContainer,
  'controller' | 'register' | 'getRegistration' | 'addEventListener'
>;

/** What of a browser this needs; tests give others. */
export interface PageWorkerSurroundings {
  /** Null where there are none: no secure context, or private windows of some browsers. */
  readonly container: Container | null;
  readonly locks: Pick<LockManager, 'request'> | null;
  /** The version of this page; null in development, where nothing is kept. */
  readonly version: string | null;
  /** Address of the page's folder. */
  readonly folder: string;
  readonly isIsolated: boolean;
  /** Resolves when the page has nothing better to do. */
  readonly quiet: Promise<void>;
  /** Calls back when it is time to ask the server for a new version. */
  readonly onOccasion: (look: () => void) => void;
  readonly reload: () => void;
}

/** Milliseconds that a service worker has to answer, or to take over before the page is loaded without. */
const PATIENCE = 5000;

export function startPageWorker(around: PageWorkerSurroundings): PageWorker {
  let state: PageWorkerState = { newVersion: false, isolates: false };
  const listeners = new Set<() => void>();
  const set = (change: Partial<PageWorkerState>) => {
    state = { ...state, ...change };
    for (const tell of listeners) tell();
  };
  const { container, version, locks } = around;
  if (container && version !== null) {
    if (locks) holdVersion(version, locks);
    void around.quiet.then(() => begin(container, version, around, set));
  }
  return {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async loadAgain() {
      const waiting = (await container?.getRegistration(around.folder))?.waiting;
      if (!container || !waiting) {
        around.reload();
        return;
      }
      const patience = setTimeout(around.reload, PATIENCE);
      // Late as well: Chromium never ends a load that began under the worker that this one takes the place of.
      const taken = () => {
        clearTimeout(patience);
        around.reload();
      };
      container.addEventListener('controllerchange', taken, { once: true });
      waiting.postMessage({ kind: 'takeOver' } satisfies ServiceWorkerCommand);
    },
  };
}

async function begin(
  container: Container,
  own: string,
  { folder, isIsolated, onOccasion }: PageWorkerSurroundings,
  set: (change: Partial<PageWorkerState>) => void,
): Promise<void> {
  const { controller: first } = container;
  const look = async (worker: ServiceWorker | null) => {
    const version = worker && (await versionOf(worker));
    if (version && version !== own) set({ newVersion: true });
  };
  // By the first one, or by a new one that another page has let take over.
  const controlled = () => {
    if (!first && !isIsolated && container.controller) set({ isolates: true });
    if (first) void look(container.controller);
  };
  container.addEventListener('controllerchange', controlled);
  try {
    await container.register(new URL('serviceWorker.js', folder), { updateViaCache: 'none' });
  } catch {
    return; // The server has none, or this browser keeps nothing: the page needs its network, as any page.
  }
  const registration = await container.getRegistration(folder);
  if (!registration) return;
  controlled();
  // The page before this one is closed by now.
  registration.active?.postMessage({ kind: 'tidy' } satisfies ServiceWorkerCommand);
  void look(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      // Without one before it, it does not wait.
      if (coming.state === 'installed' && registration.active) void look(coming);
    });
  });
  // Offline it fails, and comes again.
  onOccasion(() => void registration.update().catch(() => undefined));
}

/** Null where it does not answer. */
function versionOf(worker: ServiceWorker): Promise<string | null> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<string | null>((resolve) => {
    port1.addEventListener('message', ({ data }) => resolve(readVersion(data)));
    port1.start();
    setTimeout(resolve, PATIENCE, null);
    worker.postMessage({ kind: 'version' } satisfies ServiceWorkerCommand, [port2]);
  }).finally(() => port1.close());
}

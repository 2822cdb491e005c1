/**
 * Versions of the page, and what a page and its service worker say of them. Each page holds a lock that is named by its version for as
 * long as it is open, so that the service worker knows which versions are still looked at, even by a page that is frozen.
 */

const commands = ['version', 'takeOver', 'tidy'] as const;

/**
 * To the service worker: which version it brings; that it is to take the place of the one before; that it may give up the files of versions
 * that no page is open with.
 */
export interface ServiceWorkerCommand {
  readonly kind: (typeof commands)[number];
}

export interface VersionAnswer {
  readonly kind: 'version';
  readonly version: string;
}

const hasKind = (message: unknown): message is { readonly kind: unknown } =>
  typeof message === 'object' && message !== null && 'kind' in message;

/** Any page of this origin can write to a service worker: null for what is no command of it. */
export function readServiceWorkerCommand(message: unknown): ServiceWorkerCommand | null {
  const kind = hasKind(message) ? commands.find((one) => one === message.kind) : undefined;
  return kind ? { kind } : null;
}

/** The version that a service worker answered with; null for what is no answer. */
export function readVersion(message: unknown): string | null {
  if (!hasKind(message) || message.kind !== 'version' || !('version' in message)) return null;
  return typeof message.version === 'string' ? message.version : null;
}

const LOCK = 'residual-playground version ';

/** Holds the lock of `version` until the page is closed. */
export function holdVersion(version: string, locks: Pick<LockManager, 'request'>): void {
  const forEver = new Promise<never>(() => undefined);
  // Refused where storage is blocked, and there is no service worker either.
  locks.request(LOCK + version, { mode: 'shared' }, () => forEver).catch(() => undefined);
}

/** The versions that pages are open with. */
export async function versionsHeld(locks: Pick<LockManager, 'query'>): Promise<ReadonlySet<string>> {
  const { held = [], pending = [] } = await locks.query();
  const names = [...held, ...pending].map(({ name = '' }) => name);
  return new Set(names.flatMap((name) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}

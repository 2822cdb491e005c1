/** Answers requests out of one folder: regular files in it and nothing else. */
import { realpathSync, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import send from 'send';
import { compressibleType } from './compressible.ts';
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from '../src/serviceWorker/securityHeaders.ts';

const REASONS: Readonly<Record<number, string>> = {
  400: 'this address cannot be read',
  404: 'there is no such file',
  405: 'only GET and HEAD are answered',
  412: 'the file is another by now',
  416: 'the file has no such range',
  500: 'the file could not be read',
};

/**
 * The names between the slashes of a request's target, decoded; null for what is no address. The query does not matter. A
 * name that is empty, begins with a dot or holds what separates folders, drives or strings is for `locate` to refuse.
 */
export function pathSegments(target: string): readonly string[] | null {
  // A proxy may ask for the whole address; an own reader, because URL takes `//x` for a host and resolves `..`.
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  if (!path.startsWith('/')) return null;
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

const isPlainName = (name: string) => name !== '' && !name.startsWith('.') && !/[/\\:\0]/.test(name);

interface Found {
  readonly path: string;
  readonly stats: Stats;
}

/** A file under `root` whose every part is what it says: no symbolic link, whether it leads out or stays inside. */
async function locate(root: string, segments: readonly string[]): Promise<Found | null> {
  const names = segments.at(-1) === '' ? [...segments.slice(0, -1), 'index.html'] : segments;
  return names.every(isPlainName) ? regularFile(join(root, ...names)) : null;
}

async function regularFile(path: string): Promise<Found | null> {
  try {
    if ((await realpath(path)) !== path) return null;
    const stats = await stat(path);
    return stats.isFile() ? { path, stats } : null;
  } catch {
    // Absent, below a file, too long, a loop of links, not ours to read: there is no such file for a visitor.
    return null;
  }
}

const acceptsGzip = (accepted: string) => /(^|[\s,])gzip(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted);

/** The compressed file beside `found`, where the client takes it, asks for no part of it, and it is no older. */
async function compressed({ path, stats }: Found, { headers }: IncomingMessage): Promise<Found | null> {
  if (headers.range !== undefined || !acceptsGzip(headers['accept-encoding'] ?? '')) return null;
  const smaller = await regularFile(`${path}.gz`);
  return smaller && smaller.stats.mtimeMs >= stats.mtimeMs ? smaller : null;
}

/** Vite puts a hash of the content into the names in assets/: they never change. All else is asked for again (ETag). */
const cacheControl = (segments: readonly string[]) =>
  segments.length === 2 && segments[0] === 'assets' && /-[\w-]{8}\.\w+$/.test(segments[1] ?? '')
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';

function fail(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    // Half a file must not look like a whole one.
    response.destroy();
    return;
  }
  for (const name of ['Accept-Ranges', 'Content-Encoding', 'ETag', 'Last-Modified'])
    response.removeHeader(name);
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  const text = `${status}: ${REASONS[status] ?? 'this did not work'}.\n`;
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    fail(response, 405);
    return;
  }
  const segments = pathSegments(request.url ?? '');
  if (!segments) {
    fail(response, 400);
    return;
  }
  const found = await locate(root, segments);
  if (!found) {
    fail(response, 404);
    return;
  }
  response.setHeader('Cache-Control', cacheControl(segments));
  const type = compressibleType(found.path);
  let file = found.path;
  if (type !== undefined) {
    response.setHeader('Content-Type', type);
    response.setHeader('Vary', 'Accept-Encoding');
    const smaller = await compressed(found, request);
    if (smaller) {
      response.setHeader('Content-Encoding', 'gzip');
      file = smaller.path;
    }
  }
  // The path is decoded and checked: `send` decodes what it gets.
  send(request, encodeURIComponent(file), { cacheControl: false, dotfiles: 'allow', index: false })
    .on('error', ({ status }: { readonly status: number }) => fail(response, status))
    .on('directory', () => fail(response, 404))
    .pipe(response);
}

/**
 * A listener for node:http that serves `folder`. Dotfiles and symbolic links are not served, every answer carries the
 * security headers, an error is never kept in a cache. Throws if there is no such folder. Pages that are not ours may need
 * another Content-Security-Policy.
 */
export function serveFolder(folder: string, policy = CONTENT_SECURITY_POLICY): RequestListener {
  const root = realpathSync.native(folder);
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': policy };
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(root, request, response).catch((error: unknown) => {
      console.error(error);
      fail(response, 500);
    });
  };
}

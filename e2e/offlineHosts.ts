/** Servers for the tests of use without a network: ours, which can be closed, one that sends no headers, and one with a newer version. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { serveFolder } from '../scripts/staticFiles.ts';

const dist = join(import.meta.dirname, '../dist');

export interface Host {
  readonly url: string;
  /** Ends at once: nothing is answered any more, and the port is free. */
  close(): Promise<void>;
}

export async function listen(listener: RequestListener, folder = '/', port = 0): Promise<Host> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(port, 'localhost', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://localhost:${address.port}${folder}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The built page with all its headers; each shard after so many milliseconds. */
export function ownHost(delay = 0): Promise<Host> {
  const serve = serveFolder(dist);
  return listen((request, response) => {
    const isShard = /\/t(rain|est)-\d+\.png$/.test(request.url ?? '');
    setTimeout(() => serve(request, response), isShard ? delay : 0);
  });
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The built page in a folder of a host that sends types and lengths and nothing else, as GitHub Pages does. */
export function plainHost(folder = '/lab/'): Promise<Host> {
  return listen((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const file = pathname === folder ? 'index.html' : pathname.slice(folder.length);
    try {
      if (!pathname.startsWith(folder) || file.includes('..')) throw new Error('elsewhere');
      const bytes = readFileSync(join(dist, file));
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.setHeader('Cache-Control', 'max-age=600');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end('<!doctype html>There is nothing here.');
    }
  }, folder);
}

/** The built page as its next version would be: every name with a hash, and every mention of one, is another. Gives its folder. */
function nextVersion(): string {
  const folder = mkdtempSync(join(tmpdir(), 'next-'));
  for (const name of readdirSync(dist)) {
    if (name !== 'datasets') cpSync(join(dist, name), join(folder, name), { recursive: true });
  }
  const names = readdirSync(join(folder, 'assets'));
  for (const name of names.filter((one) => /\.(gz|map)$/.test(one))) rmSync(join(folder, 'assets', name));
  const hashed = names.filter((name) => /-[\w-]{8}\.(js|css)$/.test(name));
  const next = (text: string) =>
    hashed.reduce((now, name) => now.replaceAll(name, name.replace(/.{4}(\.\w+)$/, 'NEXT$1')), text);
  const texts = ['index.html', 'serviceWorker.js', ...hashed.map((name) => join('assets', name))];
  for (const file of texts) {
    const path = join(folder, file);
    rmSync(`${path}.gz`, { force: true });
    const version = /name="version" content="(\w+)"/.exec(
      readFileSync(join(dist, 'index.html'), 'utf8'),
    )![1]!;
    writeFileSync(path, next(readFileSync(path, 'utf8')).replaceAll(version, `next${version.slice(4)}`));
    renameSync(path, join(folder, next(file)));
  }
  return folder;
}

/** The built page, in whose place its next version comes when it is called for; files of the old one are gone then. */
export async function changingHost(): Promise<Host & { readonly change: () => void }> {
  const folder = nextVersion();
  const datasets = serveFolder(dist);
  const newer = serveFolder(folder);
  let now = datasets;
  const host = await listen((request, response) =>
    (request.url?.startsWith('/datasets/') ? datasets : now)(request, response),
  );
  return {
    url: host.url,
    change: () => (now = newer),
    async close() {
      await host.close();
      rmSync(folder, { recursive: true });
    },
  };
}

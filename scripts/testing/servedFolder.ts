/** A folder of every kind of file, served; for tests. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compressFolder } from '../compressed.ts';
import { serve } from '../serve.ts';

export const PAGE = `<!doctype html><title>the page</title>${'<p>more</p>'.repeat(200)}`;
export const SHARD = randomBytes(5000);
export const ASSET = '/assets/trainWorker-BxmpNQy_.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** By node:http, which sends a path as it is given. */
function askPort(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((done, fail) => {
    const asked = request({ host: 'localhost', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', fail);
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', fail);
    asked.end();
  });
}

/** What comes back for bytes that no client would send. */
function sayTo(port: number, text: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, 'localhost', () => socket.write(text));
    let heard = '';
    socket.on('data', (part) => (heard += part.toString('latin1')));
    socket.on('close', () => done(heard));
    socket.on('error', fail);
  });
}

/** Files, dotfiles and links in a temporary folder; every file that holds `secret` must not be served. */
async function fill(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const dist = join(folder, 'dist');
  for (const name of ['assets', 'datasets/cifar10', '.git', 'named'])
    mkdirSync(join(dist, name), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'elsewhere/secret.txt'), 'secret');
  writeFileSync(join(dist, 'index.html'), PAGE);
  writeFileSync(join(dist, ASSET), `// ${'worker '.repeat(1000)}`);
  writeFileSync(join(dist, 'assets/kernels-DffkRpye.wasm'), Buffer.alloc(2000));
  writeFileSync(join(dist, 'assets/module.mjs'), 'export {};');
  writeFileSync(join(dist, 'datasets/cifar10/train-00.png'), SHARD);
  writeFileSync(join(dist, 'datasets/cifar10/manifest.json'), JSON.stringify({ text: 'x'.repeat(3000) }));
  writeFileSync(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(dist, 'empty.bin'), '');
  writeFileSync(join(dist, 'a name.txt'), 'spaced');
  writeFileSync(join(dist, '.env'), 'secret');
  writeFileSync(join(dist, '.git/config'), 'secret');
  writeFileSync(join(dist, 'datasets/.hidden'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(dist, 'out.txt'));
  symlinkSync(join(folder, 'elsewhere'), join(dist, 'out'));
  symlinkSync('index.html', join(dist, 'inside.html'));
  symlinkSync('assets', join(dist, 'same'));
  symlinkSync('loop', join(dist, 'loop'));
  writeFileSync(join(dist, 'linked.txt'), 'plain'.repeat(500));
  await compressFolder(dist);
  rmSync(join(dist, 'linked.txt.gz'));
  symlinkSync(join(folder, 'secret.txt'), join(dist, 'linked.txt.gz'));
  return folder;
}

export interface ServedFolder {
  /** What is served. */
  readonly dist: string;
  readonly port: number;
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  say(text: string): Promise<string>;
  close(): Promise<void>;
}

export async function openServedFolder(): Promise<ServedFolder> {
  const folder = await fill();
  const dist = join(folder, 'dist');
  const server = await serve({ dist, port: 0 });
  const port = Number(new URL(server.resolvedUrls.local[0] ?? '').port);
  return {
    dist,
    port,
    ask: (...asked) => askPort(port, ...asked),
    say: (text) => sayTo(port, text),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSET, openServedFolder, PAGE, type ServedFolder, SHARD } from './testing/servedFolder.ts';

let served: ServedFolder;
beforeAll(async () => {
  served = await openServedFolder();
});
afterAll(() => served.close());

test.each([
  ['a page', '/', 'text/html; charset=utf-8'],
  ['a page by name and with a query', '/index.html?backend=wasm', 'text/html; charset=utf-8'],
  ['a script', ASSET, 'text/javascript; charset=utf-8'],
  ['a module', '/assets/module.mjs', 'text/javascript; charset=utf-8'],
  ['WebAssembly', '/assets/kernels-DffkRpye.wasm', 'application/wasm'],
  ['JSON', '/datasets/cifar10/manifest.json', 'application/json; charset=utf-8'],
  ['a shard', '/datasets/cifar10/train-00.png', 'image/png'],
  ['a drawing', '/favicon.svg', 'image/svg+xml; charset=utf-8'],
  ['a name with a space', '/a%20name.txt', 'text/plain; charset=utf-8'],
  ['an empty file', '/empty.bin', 'application/octet-stream'],
])('%s has its type', async (_, path, type) => {
  const { status, headers } = await served.ask(path);
  expect([status, headers['content-type']]).toEqual([200, type]);
});

test.each([
  ['a dotfile', '/.env'],
  ['a file in a folder with a dot', '/.git/config'],
  ['a dotfile in a folder', '/datasets/.hidden'],
  ['an encoded dotfile', '/%2eenv'],
  ['a link that leads out', '/out.txt'],
  ['a file in a linked folder outside', '/out/secret.txt'],
  ['a link that stays inside', '/inside.html'],
  ['a file in a linked folder inside', `/same/${ASSET.slice(8)}`],
  ['a link to itself', '/loop'],
  ['the folder above', '/../secret.txt'],
  ['the folder above, encoded', '/%2e%2e/secret.txt'],
  ['the folder above with an encoded slash', '/..%2fsecret.txt'],
  ['the folder above with a backslash', '/..%5csecret.txt'],
  ['the folder above from a folder', '/assets/../../secret.txt'],
  ['the folder above, encoded twice', '/%252e%252e/secret.txt'],
  ['a way round inside', '/assets/../index.html'],
  ['an absolute path', '//etc/passwd'],
  ['an encoded absolute path', '/%2fetc%2fpasswd'],
  ['a drive', '/C:/Windows/win.ini'],
  ['a NUL', '/index.html%00.png'],
  ['a NUL alone', '/%00'],
  ['an empty name in between', '/assets//module.mjs'],
  ['a folder', '/assets'],
  ['a folder with a slash', '/assets/'],
  ['a file as a folder', '/index.html/'],
  ['below a file', '/index.html/more'],
  ['a name of 5,000 letters', `/${'a'.repeat(5000)}`],
  ['a path of 1,500 folders', `/${'a/'.repeat(1500)}`],
  ['an encoded way up, overlong', '/%c0%ae%c0%ae/secret.txt', 400],
  ['half an escape', '/%', 400],
  ['an escape that is none', '/%zz', 400],
])('%s is not served', async (_, path, status = 404) => {
  const answer = await served.ask(path);
  expect(answer.status).toBe(status);
  expect(answer.body.toString()).not.toContain('secret');
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('what is no request gets an answer too, and the server goes on', async () => {
  expect(await served.say(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 /,
  );
  expect(await served.say('GET index.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1.1 400 /,
  );
  expect(await served.say('CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 405 /);
  expect(
    await served.say('GET http://other/index.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  ).toMatch(/^HTTP\/1.1 200 /);
  expect(await served.say('\0\0\0\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect((await served.ask('/')).status).toBe(200);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])(
  '%s is refused',
  async (method) => {
    const { status, headers } = await served.ask('/', {}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  },
);

test('HEAD has the headers of GET and no body', async () => {
  const path = '/datasets/cifar10/train-00.png';
  const head = await served.ask(path, {}, 'HEAD');
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '5000', 0]);
  expect(head.headers.etag).toBe((await served.ask(path)).headers.etag);
});

describe('a range', () => {
  const shard = '/datasets/cifar10/train-00.png';

  test.each([
    ['bytes=0-99', 0, 100],
    ['bytes=4900-', 4900, 5000],
    ['bytes=-100', 4900, 5000],
    ['bytes=4990-999999', 4990, 5000],
    ['bytes=0-0', 0, 1],
  ])('%s gives its part', async (range, from, to) => {
    const { status, headers, body } = await served.ask(shard, { range });
    expect([status, headers['content-range']]).toEqual([206, `bytes ${from}-${to - 1}/5000`]);
    expect(body.equals(SHARD.subarray(from, to))).toBe(true);
  });

  test.each(['bytes=5000-', 'bytes=99999-100000', 'bytes=200-100', `bytes=${'9'.repeat(400)}-`, 'bytes=-0'])(
    '%s cannot be had',
    async (range) => {
      const { status, headers } = await served.ask(shard, { range });
      expect([status, headers['content-range']]).toEqual([416, 'bytes */5000']);
    },
  );

  test.each([
    'bytes=a-b',
    'bytes=',
    'bytes',
    'lines=1-2',
    'bytes=1-2,5-6',
    '-',
    'bytes=--1',
    'bytes=1-2-3',
    `bytes=-${'9'.repeat(40)}`,
  ])('%s is answered, whole or refused', async (range) => {
    const { status, body } = await served.ask(shard, { range });
    if (status === 200) expect(body.equals(SHARD)).toBe(true);
    else if (status === 206) expect(body.equals(SHARD.subarray(1, 3))).toBe(true);
    else expect(status).toBe(416);
  });

  test('of a file that changed since is the whole file', async () => {
    const { status, body } = await served.ask(shard, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect([status, body.length]).toEqual([200, 5000]);
  });

  test('of text is one of the text, not of its compressed form', async () => {
    const { headers, body } = await served.ask('/', { range: 'bytes=0-8', 'accept-encoding': 'gzip' });
    expect(body.toString()).toBe(PAGE.slice(0, 9));
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('of an empty file is refused or empty', async () => {
    const { status, body } = await served.ask('/empty.bin', { range: 'bytes=0-0' });
    expect([status, body.toString().includes('range')]).toEqual([416, true]);
  });
});

test.runIf(process.platform === 'linux')('a download that is broken off leaves no file open', async () => {
  const opened = () => readdirSync('/proc/self/fd').length;
  const big = join(served.dist, 'big.bin');
  writeFileSync(big, Buffer.alloc(20_000_000));
  const before = opened();
  for (let i = 0; i < 20; i++)
    await new Promise<void>((done) => {
      const asked = httpRequest(
        { host: 'localhost', port: served.port, path: '/big.bin', agent: false },
        (response) => {
          response.once('data', () => asked.destroy());
          response.on('error', () => undefined);
          response.on('close', done);
        },
      );
      asked.on('error', () => undefined);
      asked.end();
    });
  await expect.poll(opened, { timeout: 20_000 }).toBeLessThan(before + 10);
});

test('a page that is built anew while it is served is the new one', async () => {
  writeFileSync(join(served.dist, 'index.html'), 'new');
  expect((await served.ask('/')).body.toString()).toBe('new');
  rmSync(join(served.dist, 'index.html'));
  expect((await served.ask('/')).status).toBe(404);
  writeFileSync(join(served.dist, 'index.html'), PAGE);
});

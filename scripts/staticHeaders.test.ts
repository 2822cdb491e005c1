import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSET, openServedFolder, PAGE, type ServedFolder } from './testing/servedFolder.ts';

let served: ServedFolder;
beforeAll(async () => {
  served = await openServedFolder();
});
afterAll(() => served.close());

test('hashed assets are kept for ever, all else is asked for again, errors are never kept', async () => {
  const kept = async (path: string) => (await served.ask(path)).headers['cache-control'];
  expect(await kept(ASSET)).toBe('public, max-age=31536000, immutable');
  expect(await kept('/assets/kernels-DffkRpye.wasm')).toBe('public, max-age=31536000, immutable');
  expect(await kept('/assets/module.mjs')).toBe('no-cache');
  expect(await kept('/')).toBe('no-cache');
  expect(await kept('/datasets/cifar10/train-00.png')).toBe('no-cache');
  expect(await kept('/assets/trainWorker-AAAAAAAA.js')).toBe('no-store');
  const refused = await served.ask(ASSET, { range: 'bytes=99999-' });
  expect([refused.status, refused.headers['cache-control'], refused.headers.etag]).toEqual([
    416,
    'no-store',
    undefined,
  ]);
});

test('an ETag spares what has not changed', async () => {
  const { etag = '' } = (await served.ask('/')).headers;
  const again = await served.ask('/', { 'if-none-match': `"other", ${etag}` });
  expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
  expect(again.headers.vary).toBe('Accept-Encoding');
  expect((await served.ask('/', { 'if-none-match': '"other"' })).status).toBe(200);
});

describe('compression', () => {
  test.each([
    ['/', PAGE.length],
    [ASSET, 7003],
    ['/assets/kernels-DffkRpye.wasm', 2000],
    ['/datasets/cifar10/manifest.json', 3011],
  ])('%s goes compressed to who takes it', async (path, bytes) => {
    const { headers, body } = await served.ask(path, { 'accept-encoding': 'br;q=1.0, gzip;q=0.8, *;q=0.1' });
    expect([headers['content-encoding'], headers.vary]).toEqual(['gzip', 'Accept-Encoding']);
    expect(headers['content-length']).toBe(String(body.length));
    expect(gunzipSync(body)).toHaveLength(bytes);
    const type = headers['content-type'];
    const plain = await served.ask(path, { 'accept-encoding': 'identity' });
    expect([plain.body.length, plain.headers['content-type']]).toEqual([bytes, type]);
    expect(plain.headers.etag).not.toBe(headers.etag);
  });

  test.each(['gzip;q=0', 'gzip; q=0.000', 'br', 'xgzip', 'gzip;q=0, br', ''])(
    'not for "%s"',
    async (accepted) => {
      expect(
        (await served.ask('/', { 'accept-encoding': accepted })).headers['content-encoding'],
      ).toBeUndefined();
    },
  );

  test('a shard goes as it is', async () => {
    const { headers } = await served.ask('/datasets/cifar10/train-00.png', { 'accept-encoding': 'gzip' });
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
  });

  test('a compressed file that is a link, or older than its original, is passed over', async () => {
    const linked = await served.ask('/linked.txt', { 'accept-encoding': 'gzip' });
    expect(linked.body.toString()).toBe('plain'.repeat(500));
    utimesSync(join(served.dist, 'assets/kernels-DffkRpye.wasm.gz'), 1, 1);
    const old = await served.ask('/assets/kernels-DffkRpye.wasm', { 'accept-encoding': 'gzip' });
    expect([old.headers['content-encoding'], old.body.length]).toEqual([undefined, 2000]);
  });
});

test.each([
  ['the page', '/', {}, 200],
  ['a worker', ASSET, {}, 200],
  ['a worker, compressed', ASSET, { 'accept-encoding': 'gzip' }, 200],
  ['WebAssembly', '/assets/kernels-DffkRpye.wasm', {}, 200],
  ['a shard', '/datasets/cifar10/train-00.png', {}, 200],
  ['a part of a shard', '/datasets/cifar10/train-00.png', { range: 'bytes=0-9' }, 206],
  ['a file that is not there', '/datasets/cifar10/none.png', {}, 404],
  ['a dotfile', '/.env', {}, 404],
  ['a broken address', '/%', {}, 400],
  ['a range that is not there', '/empty.bin', { range: 'bytes=9-' }, 416],
])('the security headers stand on %s', async (_, path, asked, status) => {
  const { status: answered, headers } = await served.ask(path, asked);
  expect(answered).toBe(status);
  expect(headers).toMatchObject({
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; " +
      "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'self'",
  });
  const features = String(headers['permissions-policy']);
  for (const feature of ['microphone', 'geolocation', 'usb', 'payment'])
    expect(features).toContain(`${feature}=()`);
  expect(features).toContain('camera=(self), clipboard-write=(self), fullscreen=(self)');
  expect(features).not.toContain('camera=()');
  expect(headers['x-powered-by']).toBeUndefined();
});

test('405 carries the security headers too', async () => {
  expect((await served.ask('/', {}, 'POST')).headers['x-content-type-options']).toBe('nosniff');
});

test('any host name is answered: there is nothing to keep from one', async () => {
  for (const host of ['teacher.local', 'teacher', '10.1.2.3:4173', 'attacker.example'])
    expect((await served.ask('/', { host })).status).toBe(200);
});

import { expect, test, vi } from 'vitest';
import { fetchAhead } from './fetchAhead.ts';
import { isOutdated } from './pageAge.ts';
import { createPart, type Part } from './part.ts';
import { PartError } from './partError.ts';
import { fetchFiles, readPartFiles } from './partFiles.ts';

const base = 'https://host/lab/';
const answer = (body: string, init?: ResponseInit) => () => Promise.resolve(new Response(body, init));
const script = { headers: { 'content-type': 'text/javascript' } };

test('the files of the parts are read off the page; a page in development has no list', () => {
  const withText = (textContent: string | null) => ({
    getElementById: () => ({ textContent }) as HTMLElement,
  });
  expect(readPartFiles(withText('{"RunsTable":["assets/a.js"]}'))).toEqual({ RunsTable: ['assets/a.js'] });
  expect(readPartFiles({ getElementById: () => null })).toBeNull();
});

test('files are asked for beside the page, and have to arrive whole', async () => {
  const asked: string[] = [];
  const fetchFile: typeof fetch = (address) => {
    if (address instanceof URL) asked.push(address.href);
    return answer('x', script)();
  };
  await fetchFiles(['assets/a.js', 'assets/b.css'], fetchFile, base);
  expect(asked).toEqual(['https://host/lab/assets/a.js', 'https://host/lab/assets/b.css']);
});

test.each([
  ['missing', answer('gone', { status: 404 })],
  ['missing', answer('', { status: 503 })],
  // A server that answers with its front page.
  ['missing', answer('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })],
  ['unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
  // Cut off on the way.
  [
    'unreachable',
    () =>
      Promise.resolve(
        new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('reset')) }), script),
      ),
  ],
])('a file that does not arrive is %s', async (fault, fetchFile) => {
  const failure = await fetchFiles(['assets/a.js'], fetchFile, base).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PartError);
  expect(failure).toMatchObject({ fault, file: 'assets/a.js' });
});

test('a file that never comes is late', async () => {
  vi.useFakeTimers();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((delay) => {
    const leave = new AbortController();
    setTimeout(() => leave.abort(), delay);
    return leave.signal;
  });
  const stalled: typeof fetch = (_address, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('late', 'AbortError')));
    });
  const failure = fetchFiles(['assets/a.js'], stalled, base).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await failure).toMatchObject({ fault: 'late' });
  timeout.mockRestore();
  vi.useRealTimers();
});

test('a part is imported once, after its files are there; a failure stays until it is tried again', async () => {
  let files = Promise.reject<undefined>(new PartError('missing', 'a.js'));
  let imports = 0;
  const part = createPart(
    'RunsTable',
    () => Promise.resolve(++imports),
    () => files,
  );
  const retries: number[] = [];
  part.onRetry(() => retries.push(part.attempt()));
  await expect(part.load()).rejects.toMatchObject({ fault: 'missing' });
  await expect(part.load()).rejects.toMatchObject({ fault: 'missing' });
  expect([imports, part.loaded()]).toEqual([0, null]);
  files = Promise.resolve(undefined);
  part.retry();
  expect(retries).toEqual([1]);
  await expect(part.load()).resolves.toBe(1);
  part.retry(); // It is there: nothing happens.
  await part.load();
  expect([imports, part.loaded(), retries]).toEqual([1, 1, [1]]);
});

test('what came and cannot be run is broken', async () => {
  const broken = createPart(
    'RunsTable',
    () => Promise.reject(new SyntaxError('unexpected')),
    () => Promise.resolve(),
  );
  await expect(broken.load()).rejects.toMatchObject({ fault: 'broken', file: null });
});

test('ahead, one part after the other; one that fails can be asked for, and is tried again online', async () => {
  const log: string[] = [];
  let isOnline = false;
  const make = (name: 'RunsTable' | 'InsidePanel' | 'CurveTable') =>
    createPart(
      name,
      () => {
        log.push(name);
        return Promise.resolve(name);
      },
      () =>
        isOnline || name !== 'InsidePanel'
          ? Promise.resolve()
          : Promise.reject(new PartError('unreachable', 'n.js')),
    );
  const parts: Part<unknown>[] = [make('RunsTable'), make('InsidePanel'), make('CurveTable')];
  const idle: (() => void)[] = [];
  let online = (): void => undefined;
  fetchAhead(
    { whenIdle: (callback) => idle.push(callback), onOnline: (callback) => (online = callback) },
    () => parts,
  );
  const rest = async () => {
    while (idle.length > 0) {
      expect(idle).toHaveLength(1);
      idle.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  await rest();
  expect(log).toEqual(['RunsTable', 'CurveTable']);
  isOnline = true;
  online();
  await rest();
  expect(log).toEqual(['RunsTable', 'CurveTable', 'InsidePanel']);
});

test('the page is old where the server has one with another script', async () => {
  const page = (src: string | null) =>
    ({
      baseURI: 'https://host/lab/#e=1p20',
      querySelector: () => (src === null ? null : { getAttribute: () => src }),
    }) as unknown as Document;
  const asked: string[] = [];
  const served = (html: string, status = 200) =>
    ((address: string) => {
      asked.push(address);
      return Promise.resolve(new Response(html, { status }));
    }) as typeof fetch;
  const own = './assets/index-aaaa.js';
  expect(await isOutdated(page(own), served(`<script src="${own}">`))).toBe(false);
  expect(await isOutdated(page(own), served('<script src="./assets/index-bbbb.js">'))).toBe(true);
  expect(await isOutdated(page(own), served('', 404))).toBe(false);
  expect(await isOutdated(page(own), () => Promise.reject(new TypeError('offline')))).toBe(false);
  expect(await isOutdated(page(null), served(''))).toBe(false);
  expect(asked[0]).toBe('https://host/lab/');
});

import { expect, test } from 'vitest';
import { MemoryCaches } from '../data/testing/memoryCaches.ts';
import { completed, createHandlers } from './handlers.ts';
import type { FetchEvent, PrecacheEntry, ServiceWorkerScope } from './scope.ts';

const folder = 'https://host/lab/';
const entriesOf = (version: string): readonly PrecacheEntry[] => [
  { url: 'index.html', revision: version },
  { url: `assets/index-${version}.js`, revision: null },
  { url: 'assets/same-12345678.js', revision: null },
  { url: 'favicon.svg', revision: 'f1' },
];

/** A browser with a server, and service workers of several versions one after the other. */
function createHost() {
  const memory = new MemoryCaches();
  const served = new Map<string, string>();
  const asked: string[] = [];
  const open = new Set<string>();
  let isOnline = true;
  let answer = 200;
  const registration = { scope: folder, installing: null, waiting: null as ServiceWorker | null };
  const fetchHere = (input: RequestInfo | URL) => {
    const address = typeof input === 'string' ? input : 'url' in input ? input.url : input.href;
    asked.push(address.replace(folder, ''));
    if (!isOnline) return Promise.reject(new TypeError('Failed to fetch'));
    const body = served.get(address.split(/[?#]/)[0]!.replace(folder, '') || 'index.html');
    const isPage = body === undefined || body.startsWith('page');
    const headers = { 'content-type': isPage ? 'text/html' : 'text/javascript' };
    return Promise.resolve(
      new Response(body ?? 'none', { status: body === undefined ? 404 : answer, headers }),
    );
  };
  let skipped = 0;
  const scope: ServiceWorkerScope = {
    registration,
    caches: memory.storage,
    navigator: {
      locks: {
        query: () =>
          Promise.resolve({
            held: [...open].map((version) => ({ name: `residual-playground version ${version}` })),
          }),
      },
    },
    clients: { claim: () => Promise.resolve() },
    fetch: fetchHere,
    skipWaiting() {
      skipped++;
      return Promise.resolve();
    },
  };
  const serve = (version: string) => {
    served.clear();
    for (const { url } of entriesOf(version))
      served.set(url, `${url === 'index.html' ? 'page' : url} ${version}`);
  };
  return {
    memory,
    registration,
    served,
    asked,
    open,
    serve, // prettier-ignore
    setOnline: (is: boolean) => (isOnline = is),
    setAnswer: (status: number) => (answer = status),
    skipped: () => skipped,
    worker(version: string) {
      const handlers = createHandlers(scope, entriesOf(version));
      const lasting = async (run: (event: { waitUntil: (work: Promise<unknown>) => void }) => void) => {
        const works: Promise<unknown>[] = [];
        run({ waitUntil: (work) => works.push(work) });
        await Promise.all(works);
      };
      return {
        handlers,
        install: () => lasting((event) => handlers.install(event as never)),
        activate: () => lasting((event) => handlers.activate(event as never)),
        /** The text of the answer; null where the browser is left to itself. */
        async ask(
          path: string,
          init: { mode?: string; cache?: string; destination?: string; method?: string } = {},
        ) {
          const { mode = 'cors', cache = 'default', destination = '', method = 'GET' } = init;
          const answered: Promise<Response>[] = [];
          const event = {
            request: { url: new URL(path, folder).href, mode, cache, destination, method },
            preloadResponse: Promise.resolve(undefined),
            waitUntil: (work: Promise<unknown>) => void work,
            respondWith: (response: Promise<Response>) => answered.push(response),
          } as unknown as FetchEvent;
          handlers.fetch(event);
          return answered[0] ? await answered[0] : null;
        },
      };
    },
  };
}
const text = async (response: Response | null) => (response ? response.text() : null);
const page = { mode: 'navigate', destination: 'document' };

test('without a network the page and its files are there, with the headers that the server does not send', async () => {
  const host = createHost();
  host.serve('v1');
  const worker = host.worker('v1');
  await worker.install();
  host.setOnline(false);
  for (const path of ['', './', 'index.html', '?backend=wasm', '#e=1p20']) {
    const answer = await worker.ask(path, page);
    expect(answer?.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await text(answer)).toBe('page v1');
  }
  const script = await worker.ask('assets/index-v1.js?worker', { destination: 'worker' });
  expect(script?.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(await text(script)).toBe('assets/index-v1.js v1');
  expect(await text(await worker.ask('favicon.svg'))).toBe('favicon.svg v1');
});

test.each([
  ['another method', '', { mode: 'navigate', method: 'POST' }],
  ['another folder', 'https://host/other/', page],
  ['another origin', 'https://elsewhere/lab/', page],
  ['a file of the folder in a tab of its own', 'datasets/cifar10/train-00.png', page],
  ['a shard', 'datasets/cifar10/train-00.png', {}],
  ['the list of shards', 'datasets/cifar10/manifest.json', {}],
  ['who asks past every cache', '', { cache: 'no-store' }],
  ['who asks for a file anew', 'assets/index-v1.js', { cache: 'reload' }],
])('%s is left to the browser', async (_, path, init) => {
  const host = createHost();
  host.serve('v1');
  const worker = host.worker('v1');
  await worker.install();
  expect(await worker.ask(path, init)).toBeNull();
});

test('the page is the one that the server has, and the kept one where it fails', async () => {
  const host = createHost();
  host.serve('v1');
  const worker = host.worker('v1');
  await worker.install();
  host.serve('v2');
  expect(await text(await worker.ask('', page))).toBe('page v2');
  host.setAnswer(503);
  expect(await text(await worker.ask('', page))).toBe('page v1');
  host.served.clear();
  expect(await text(await worker.ask('', page))).toBe('page v1');
});

test.each([
  ['missing', (served: Map<string, string>) => served.delete('assets/index-v1.js')],
  [
    'a page in its place',
    (served: Map<string, string>) => served.set('assets/index-v1.js', 'page of another'),
  ],
])('it is not installed with a file that is %s', async (_, spoil) => {
  const host = createHost();
  host.serve('v1');
  spoil(host.served);
  await expect(host.worker('v1').install()).rejects.toThrow('index-v1.js: HTTP');
});

test('files of the old version stay until no page is open with it; equal ones are not fetched again', async () => {
  const host = createHost();
  host.serve('v1');
  const old = host.worker('v1');
  await old.install();
  await old.activate();
  host.open.add('v1');
  host.serve('v2');
  host.asked.length = 0;
  const next = host.worker('v2');
  await next.install();
  expect(host.asked.sort()).toEqual(['assets/index-v2.js', 'favicon.svg', 'index.html']);
  // It took over while a page is open with the old version.
  host.open.add('v2');
  await next.activate();
  expect(await text(await next.ask('assets/index-v1.js'))).toBe('assets/index-v1.js v1');
  host.open.delete('v1');
  await next.activate();
  expect((await next.ask('assets/index-v1.js'))?.status).toBe(404);
  expect(await text(await next.ask('assets/same-12345678.js'))).toBe('assets/same-12345678.js v1');
});

test('while a version waits nothing is given up; a page in another folder keeps what it has', async () => {
  const host = createHost();
  await host.memory.open('residual-playground.page https://host/other/ v9');
  await host.memory.open(`residual-playground.page ${folder} v2`);
  host.serve('v1');
  const worker = host.worker('v1');
  await worker.install();
  host.registration.waiting = {} as ServiceWorker;
  await worker.activate();
  expect(host.memory.caches.size).toBe(3);
  host.registration.waiting = null;
  await worker.activate();
  expect([...host.memory.caches.keys()].sort()).toEqual([
    `residual-playground.page ${folder} v1`,
    'residual-playground.page https://host/other/ v9',
  ]);
});

test('it takes over when it is told to, says its version, and takes nothing else for a command', () => {
  const host = createHost();
  const { handlers } = host.worker('v1');
  const said: unknown[] = [];
  const tell = (data: unknown) =>
    handlers.message({ data, ports: [{ postMessage: (answer: unknown) => said.push(answer) }] } as never);
  for (const data of [null, 'takeOver', 7, {}, { kind: 'skip' }, { kind: null }, ['takeOver']]) tell(data);
  expect([said, host.skipped()]).toEqual([[], 0]);
  tell({ kind: 'version' });
  tell({ kind: 'takeOver' });
  expect([said, host.skipped()]).toEqual([[{ kind: 'version', version: 'v1' }], 1]);
});

test('headers that a server sends are its own', () => {
  const answer = completed(new Response('x', { headers: { 'Referrer-Policy': 'origin' } }));
  expect([answer.headers.get('referrer-policy'), answer.headers.get('x-content-type-options')]).toEqual([
    'origin',
    'nosniff',
  ]);
});

import { expect, test, vi } from 'vitest';
import { fetchModule, type ModuleFetch } from './fetchModule.ts';
import { withFetchedModule } from './withFetchedModule.ts';

const URL_OF = 'http://192.168.0.7:4173/assets/kernels-single-B1x2.wasm?t=1';
const FILE = '/assets/kernels-single-B1x2.wasm';
const module = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const answer = (body: BodyInit, status = 200, type = 'application/wasm') =>
  Promise.resolve(new Response(body, { status, headers: { 'content-type': type } }));
const silent: ModuleFetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

test('gives the bytes, whatever type the server calls them', async () => {
  expect(await fetchModule(URL_OF, () => answer(module))).toEqual(module);
  expect(await fetchModule(URL_OF, () => answer(module, 200, 'text/plain'))).toEqual(module);
});

test('a request that is lost for a moment is made once more', async () => {
  const fetch = vi.fn<ModuleFetch>(() => answer(module));
  fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  expect(await fetchModule(URL_OF, fetch)).toEqual(module);
  expect(fetch).toHaveBeenCalledTimes(2);
});

test.each<[string, ModuleFetch, string | RegExp]>([
  [
    'blocked',
    () => Promise.reject(new TypeError('Failed to fetch')),
    /^\S+ did not arrive: no answer \(TypeError: Failed to fetch\), perhaps because of a filter/,
  ],
  ['missing', () => answer('gone', 404, 'text/html'), `${FILE} did not arrive: HTTP 404.`],
  ['refused', () => answer('no', 403), `${FILE} did not arrive: HTTP 403.`],
  [
    'a sign-in page',
    () => answer('<!doctype html>', 200, 'text/html'),
    `${FILE} is no WebAssembly: something else (text/html) came instead, perhaps the page of a proxy.`,
  ],
  [
    'empty',
    () => answer('', 200, ''),
    `${FILE} is no WebAssembly: something else came instead, perhaps the page of a proxy.`,
  ],
  ['never answered', silent, `${FILE} did not arrive: no answer in 0 seconds.`],
])('%s: the file is named, and what came', async (_, fetch, message) => {
  const fetched = fetchModule(URL_OF, fetch, 20);
  await expect(fetched).rejects.toThrow(message);
  await expect(fetched).rejects.toMatchObject({
    name: 'DeviceError',
    message: expect.stringContaining(FILE) as string,
  });
});

test('what loads its module itself is given ours, and everything else as it is', async () => {
  const asked: string[] = [];
  const real = globalThis.fetch;
  const started = await withFetchedModule(
    async () => {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(URL_OF));
      const text = await (await fetch('data:text/plain,other')).text();
      return { instance, text };
    },
    (url) => {
      asked.push(url);
      return answer(module, 200, 'text/plain');
    },
  );
  expect(started.instance).toBeInstanceOf(WebAssembly.Instance);
  expect(started.text).toBe('other');
  expect(asked).toEqual([URL_OF]);
  expect(globalThis.fetch).toBe(real);
});

test('what waits for a module that does not arrive is left, and its reason told', async () => {
  const real = globalThis.fetch;
  // As Emscripten does: it asks again and again, and tells nothing.
  const start = () =>
    fetch(URL_OF)
      .catch(() => fetch(URL_OF))
      .then(() => 'started');
  await expect(withFetchedModule(start, () => answer('gone', 404))).rejects.toThrow(
    `${FILE} did not arrive: HTTP 404.`,
  );
  expect(globalThis.fetch).toBe(real);
});

// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fetchPreview } from './fetchPreview.ts';

const { signal } = new AbortController();
const committed = readFileSync('public/recordings/preview.json', 'utf8');
const get = (text: string, ok = true) =>
  fetchPreview(signal, () =>
    Promise.resolve({ ok, json: () => Promise.resolve().then(() => JSON.parse(text) as unknown) }),
  );

test('the preview that comes with the page is read', async () => {
  expect((await get(committed))?.curves.map(({ depth }) => depth)).toEqual([20, 56]);
});

test.each([
  ['it is not there', '', false],
  ['it is no JSON', '<!doctype html>', true],
  ['it is of another format', committed.replace('"version":1', '"version":2'), true],
  ['a point is no share', committed.replace('"error":[0.', '"error":[9.'), true],
  ['a curve is cut short', committed.replace(/"error":\[[^\]]*\]/, '"error":[]'), true],
  ['it has no curve', '{"format":"residual-playground-preview","version":1,"curves":[]}', true],
])('there is none where %s', async (_, text, ok) => {
  expect(await get(text, ok)).toBeNull();
});

test('there is none where the server cannot be reached', async () => {
  expect(await fetchPreview(signal, () => Promise.reject(new TypeError('Failed to fetch')))).toBeNull();
});

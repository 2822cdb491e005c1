/** Nets that come with the page: which there are, as which they are given, and what is said where they cannot be had. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { createStore } from 'zustand/vanilla';
import { describe, expect, test, vi } from 'vitest';
import { buildGraph } from '../../../model/graph.ts';
import { readNetWeights } from '../../../model/netWeights.ts';
import { layoutOf } from '../../../model/parameters.ts';
import { MOST_NETS_BYTES, trainedNetsSchema } from '../../../model/trainedNets.ts';
import type { AppState } from '../../state/AppState.ts';
import { noInside, type Inside } from '../../state/inside.ts';
import { fetchNet, readSuppliedNets, suppliedFile, SuppliedNetError } from './readSupplied.ts';
import { chooseSupplied, loadSupplied, suppliedToLookAt } from './suppliedNets.ts';

const folder = new URL('../../../../public/nets/', import.meta.url);
const onDisk = async (file: string) => Uint8Array.from(await readFile(new URL(file, folder)));
const shipped = v.parse(trainedNetsSchema, JSON.parse(new TextDecoder().decode(await onDisk('index.json'))));
const [first] = shipped.nets;
const textOf = (json: unknown) => () => Promise.resolve(new TextEncoder().encode(JSON.stringify(json)));

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function page() {
  const store = createStore(() => ({ inside: noInside }) as AppState);
  const setInside = (patch: Partial<Inside>) =>
    store.setState(({ inside }) => ({ inside: { ...inside, ...patch } }));
  return { app: { store, setInside }, inside: () => store.getState().inside };
}

test('what is in public/nets is whole, fits its nets, and is no larger than it may be', async () => {
  expect(shipped.nets.map(({ name }) => name)).toEqual(['plain-20', 'plain-56', 'resnet-20', 'resnet-56']);
  let bytes = (await onDisk('index.json')).length;
  for (const { config, moments } of shipped.nets) {
    const graph = buildGraph(config.model);
    for (const moment of moments) {
      const file = await onDisk(moment.file);
      expect([file.length, hashOf(file)]).toEqual([moment.bytes, moment.sha256]);
      expect(() => readNetWeights(graph, layoutOf(graph), file.buffer)).not.toThrow();
      bytes += file.length;
    }
  }
  expect(bytes).toBeLessThanOrEqual(MOST_NETS_BYTES);
});

describe('the list', () => {
  test.each([
    [
      'no JSON',
      () => Promise.resolve(new TextEncoder().encode('<!doctype html>')),
      /nets\/index\.json is not JSON\.$/,
    ],
    ['another format', textOf({ ...shipped, format: 'other' }), /At format: Invalid type/],
    ['a later version', textOf({ ...shipped, version: 2 }), /At version: /],
    ['a net twice', textOf({ ...shipped, nets: [first, first] }), /At nets: a name stands twice\.$/],
    ['steps that do not ascend', textOf({ ...shipped, nets: [{ ...first, moments: first!.moments.toReversed() }] }), /At nets\.0\.moments: the steps do not ascend\.$/], // prettier-ignore
    ['a file elsewhere', textOf({ ...shipped, nets: [{ ...first, moments: [{ ...first!.moments[0], file: '../x.safetensors' }] }] }), /At nets\.0\.moments\.0\.file: expected the name/], // prettier-ignore
    ['a depth that does not exist', textOf({ ...shipped, nets: [{ ...first, config: { ...first!.config, model: { ...first!.config.model, depth: 21 } } }] }), /At nets\.0\.config\.model/], // prettier-ignore
    ['no moments', textOf({ ...shipped, nets: [{ ...first, moments: [] }] }), /At nets\.0\.moments: /],
  ])('%s is refused, and said', async (_, get, why) => {
    await expect(readSuppliedNets(get)).rejects.toThrow(SuppliedNetError);
    await expect(readSuppliedNets(get)).rejects.toThrow(why);
  });

  test('where it does not come that is said, what was chosen stays, and it can be tried again', async () => {
    const { app, inside } = page();
    app.setInside({ nets: ['own'] });
    await chooseSupplied(app, () => Promise.reject(new SuppliedNetError('nets/index.json did not arrive.')));
    expect(inside()).toMatchObject({ nets: ['own'], supplied: { kind: 'failed', why: 'nets/index.json did not arrive.' } }); // prettier-ignore
    await chooseSupplied(app, onDisk);
    expect(inside().nets).toEqual(['supplied/plain-20', 'supplied/plain-56', 'supplied/resnet-20', 'supplied/resnet-56']); // prettier-ignore
  });

  test('is asked for once', async () => {
    const { app } = page();
    const get = vi.fn(onDisk);
    await Promise.all([loadSupplied(app, get), loadSupplied(app, get)]);
    await loadSupplied(app, get);
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe('a net', () => {
  const here = { kind: 'here', nets: shipped.nets } as const;

  test('is told from those that are there, and the same list gives the same moments', () => {
    const [own] = suppliedToLookAt(here, []);
    expect([own?.name, own?.step, own?.moments[0]?.step]).toEqual(['plain-20', 16_000, 0]);
    const [other] = suppliedToLookAt(here, [own!]);
    expect(other?.name).toBe('plain-20 (supplied)');
    expect([other?.style.hue, other?.style.marker === own?.style.marker]).toEqual([own?.style.hue, false]);
    // None of them is called otherwise than the others.
    expect(suppliedToLookAt(here, [own!]).at(-1)?.name).toBe('ResNet-56 (supplied)');
    expect(other?.moments).toBe(own?.moments);
    const looks = suppliedToLookAt(here, []).map(({ style }) => JSON.stringify(style));
    expect(new Set(looks).size).toBe(4);
    expect(suppliedToLookAt({ kind: 'none' }, [])).toEqual([]);
  });

  test('is given at the moment nearest to a step, before the first as its seed makes it, and at others too', async () => {
    vi.stubGlobal('document', { baseURI: 'http://localhost/' });
    vi.stubGlobal('fetch', async (url: URL) => new Response(await onDisk(url.pathname.split('/').at(-1)!)));
    try {
      const [net] = suppliedToLookAt(here, []);
      expect((await net!.give(null, 0)).weights).toEqual({ kind: 'seed', seed: 1 });
      const at = async (step: number | null) => {
        const { weights } = await net!.give(null, step);
        return weights.kind === 'safetensors' && hashOf(new Uint8Array(weights.file));
      };
      expect(await at(null)).toBe(hashOf(await onDisk('plain-20-16000.safetensors')));
      expect(await at(950)).toBe(hashOf(await onDisk('plain-20-1000.safetensors')));
      const { further } = await net!.give(null, null, [0, 100]);
      expect(further?.map(({ step, weights }) => [step, weights.kind])).toEqual([
        [0, 'seed'],
        [100, 'safetensors'],
      ]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('whose file is another, or does not come, is refused by the file\u2019s name, and asked for anew', async () => {
    const moment = { ...first!.moments[0]!, sha256: 'a'.repeat(64) };
    await expect(suppliedFile(moment, onDisk)).rejects.toThrow(
      `nets/${moment.file} is not the file that was trained`,
    );
    const lost = vi.fn(() => Promise.reject(new SuppliedNetError('gone')));
    await expect(suppliedFile(moment, lost)).rejects.toThrow('gone');
    await expect(suppliedFile(moment, lost)).rejects.toThrow('gone');
    expect(lost).toHaveBeenCalledTimes(2);
    vi.stubGlobal('document', { baseURI: 'http://localhost/' });
    try {
      vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
      await expect(fetchNet('a.safetensors')).rejects.toThrow(
        'nets/a.safetensors did not arrive (HTTP 404): check',
      );
      vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
      await expect(fetchNet('a.safetensors')).rejects.toThrow('nets/a.safetensors did not arrive: check');
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

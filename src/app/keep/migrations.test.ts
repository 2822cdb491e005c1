/** Every version that was ever shipped opens in the present one; a newer one is left as it is. */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { freshApp } from '../testing/freshApp.ts';
import { KeepDb } from './keepDb.ts';
import { KeepError } from './keepError.ts';
import { Keeper } from './keeper.ts';
import type { Writing } from './stored.ts';
import { storeNames, VERSION } from './migrations.ts';
import { openKeep } from './openKeep.ts';
import { restore } from './restore.ts';
import { dumpDatabase, loadDatabase, type DatabaseDump } from './testing/dumpDatabase.ts';
import { dumpOf, keptRuns, openNamed } from './testing/keptRuns.ts';

const folder = new URL('../../../test/fixtures/keep/', import.meta.url);
const fixtures = readdirSync(folder).filter((file) => /^v\d+\.json$/.test(file));
const dumpIn = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as DatabaseDump;

afterEach(() => vi.unstubAllGlobals());

test('every version has its fixture', () => {
  const versions = Array.from({ length: VERSION }, (_, i) => `v${i + 1}.json`);
  expect(fixtures.toSorted()).toEqual(versions.toSorted());
});

/** What the fixture of a version holds: what was not yet kept then is not in it. */
async function runsOf(version: number): Promise<Writing> {
  const all = await keptRuns();
  if (version > 1) return all;
  return { ...all, pictures: [], runs: all.runs!.map((run) => ({ ...run, views: [] })) };
}

test.each(fixtures)('%s opens with everything there', async (file) => {
  const dump = dumpIn(file);
  expect(`v${dump.version}.json`).toBe(file);
  await loadDatabase(file, dump);
  const db = await openNamed(file);
  const made = await openNamed(`${file} of today`);
  await made.write(await runsOf(dump.version));
  expect(await dumpOf(db)).toEqual(await dumpOf(made));

  const store = freshApp().store;
  const keeper = new Keeper(db, store, { now: () => 0, owner: 'me', schedule: () => () => undefined });
  const { damaged, drawn } = await restore(db, keeper, store, () => false);
  expect([damaged, await drawn]).toEqual([[], []]);
  const { archive, imported, library, view, moments } = store.getState();
  const runs = [...archive.kept, ...imported, ...library];
  expect(runs.map(({ name }) => name).toSorted()).toEqual(['one', 'three', 'two']);
  expect(runs.find(({ name }) => name === 'one')).toMatchObject({
    tags: ['class', 'mine'],
    note: 'a note, "quoted"',
    history: [{ kind: 'continued', step: 2 }],
    end: { reason: 'interrupted' },
    views: dump.version > 1 ? [{ name: 'Signal by depth', step: 3 }] : [],
  });
  expect(view.hidden).toEqual(['here/2']);
  expect(moments.get('here/1')?.map(({ step }) => step)).toEqual([1, 3]);
  db.close();
  made.close();
  expect((await dumpDatabase(file)).version).toBe(VERSION);
});

test('a fixture holds something in every store', () => {
  const { stores } = dumpIn(`v${VERSION}.json`);
  expect(Object.keys(stores).toSorted()).toEqual(storeNames.toSorted());
  expect(Object.values(stores).every(({ entries }) => entries.length > 0)).toBe(true);
});

test('a newer version is refused, and left as it is to the last byte', async () => {
  const newer: DatabaseDump = {
    version: VERSION + 1,
    stores: { runs: { keyPath: 'key', entries: [['a', { key: 'a', of: 'a later form' }]] }, more: { keyPath: null, entries: [['x', { $buffer: 'AAEC' }]] } }, // prettier-ignore
  };
  await loadDatabase('residual-playground', newer);
  const before = await dumpDatabase('residual-playground');
  const error: unknown = await KeepDb.open(() => undefined).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(KeepError);
  expect(error).toMatchObject({ kind: 'newer' });

  vi.stubGlobal('navigator', {});
  const store = freshApp().store;
  await openKeep({ store }, 'me');
  expect(store.getState().keeping).toMatchObject({ kind: 'off', fault: { kind: 'newer' } });
  expect(await dumpDatabase('residual-playground')).toEqual(before);
});

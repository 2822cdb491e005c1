/** Views that are kept with runs, in archives: there and back; what is no picture of this page does not come in. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeView } from '../../../model/linkView.ts';
import { sha256 } from '../../../model/sha256.ts';
import type { KeepDb } from '../keepDb.ts';
import { dumpDatabase, loadDatabase, type DatabaseDump } from '../testing/dumpDatabase.ts';
import { dumpOf, keptPicture, keptRuns, openNamed, repacked, waiting } from '../testing/keptRuns.ts';
import { ArchiveError } from './archiveError.ts';
import { importArchive } from './importArchive.ts';
import { archiveSizes, writeArchive } from './writeArchive.ts';

const app = { version: '0.1.0', commit: null };
const services = { owner: 'me', now: () => 7, free: () => Promise.resolve(null) };
const save = (db: KeepDb) =>
  writeArchive(db, { app, exported: new Date(0), withMoments: false, ...waiting() });
const bytesOf = async (db: KeepDb) => new Uint8Array(await (await save(db)).file.arrayBuffer());
const bring = (db: KeepDb, file: Blob) => importArchive(db, file, 'all.tar', services, waiting());

let count = 0;
let db: KeepDb;
let other: KeepDb;
beforeEach(async () => {
  db = await openNamed(`views a${++count}`);
  other = await openNamed(`views b${count}`);
  const { checkpoints: _, ...runs } = await keptRuns();
  await db.write(runs);
});
afterEach(() => {
  db.close();
  other.close();
});

const VIEW = '1795000200000';

test('a view and its picture come in with the curves alone, and once', async () => {
  const { file } = await save(db);
  await bring(other, file);
  expect(await dumpOf(other)).toEqual(await dumpOf(db));
  expect(await other.picture('here/1', VIEW)).toEqual(keptPicture());
  expect((await archiveSizes(other)).pictureBytes).toBe(keptPicture().byteLength);
  expect(await bring(other, file)).toMatchObject({ added: [], present: 3 });
});

test('beside a run of the same id the view is one of the new run, and still comes in once', async () => {
  await other.write({ runs: [{ ...(await db.record('here/1'))!, note: 'another', views: [] }] });
  const { file } = await save(db);
  const { records } = await bring(other, file);
  const copy = records.find(({ name }) => name === 'one')!;
  expect(copy.id).toMatch(/^here\/1@/);
  expect(decodeView(copy.views[0]!.address)).toMatchObject({
    view: 'signal',
    nets: [copy.id, 'here/2'],
    step: 3,
  });
  expect(await other.picture(copy.id, VIEW)).toEqual(keptPicture());
  expect((await bring(other, file)).added).not.toContain('one');
});

test('a view whose picture cannot be read is saved without it, and that is counted', async () => {
  await db.write({ pictures: [{ key: ['here/1', VIEW], file: new ArrayBuffer(5) }] });
  const { file, damagedPictures, damagedRuns } = await save(db);
  expect([damagedPictures, damagedRuns]).toEqual([1, []]);
  await bring(other, file);
  const [view] = (await other.record('here/1'))!.views;
  expect(view).toMatchObject({ summary: 'Median response: 0.5.', picture: null });
});

const picturePath = 'runs/00001/views/001.svg';
/** A picture that somebody has put in its place, with every hash right. */
async function forged(svg: string): Promise<Blob> {
  const picture = new TextEncoder().encode(svg);
  const digest = await sha256(picture);
  return repacked(
    await bytesOf(db),
    (files) => {
      files.set(picturePath, picture);
      const run = JSON.parse(new TextDecoder().decode(files.get('runs/00001/run.json') as Uint8Array)) as { views: { picture: object }[] }; // prettier-ignore
      run.views[0]!.picture = { type: 'image/svg+xml', bytes: picture.length, sha256: digest };
      files.set('runs/00001/run.json', JSON.stringify(run));
    },
    true,
  );
}
const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2">${inner}</svg>`;

test.each([
  ['runs something', svg('<script>alert(1)</script>'), /views\/001\.svg: it holds an element script/],
  ['loads something', svg('<image href="https://x.example/a.png"/>'), /image has an attribute href/],
  ['is a page', '<html><body onload="alert(1)"/></html>', /it is no SVG/],
  ['is too large', svg(`<path d="${' '.repeat(2 ** 20)}"/>`), /bytes|MB/],
])('an archive with a picture that %s does not come in', async (_, picture, message) => {
  const before = await dumpOf(other);
  const error: unknown = await bring(other, await forged(picture)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ArchiveError);
  expect((error as Error).message).toMatch(message);
  expect(await dumpOf(other)).toEqual(before);
});

test.each([
  ['lacks a picture', (files: Map<string, unknown>) => void files.delete(picturePath), /lacks runs\/00001\/views\/001\.svg/], // prettier-ignore
  ['has another picture', (files: Map<string, unknown>) => void files.set(picturePath, svg('<g/>')), /another picture than its view speaks of/], // prettier-ignore
  ['has one too many', (files: Map<string, unknown>) => void files.set('runs/00001/views/002.svg', svg('')), /nothing of an archive/], // prettier-ignore
])('an archive that %s does not come in', async (_, change, message) => {
  await expect(bring(other, await repacked(await bytesOf(db), change, true))).rejects.toThrow(message);
  expect(await other.ids()).toEqual([]);
});

test('what version 1 kept is saved and brought in as it was', async () => {
  const fixture = new URL('../../../../test/fixtures/keep/v1.json', import.meta.url);
  await loadDatabase(`views old ${count}`, JSON.parse(readFileSync(fixture, 'utf8')) as DatabaseDump);
  const old = await openNamed(`views old ${count}`);
  const withoutViews = (files: Map<string, string | Uint8Array>) => {
    for (const [path, content] of files) {
      if (!path.endsWith('run.json')) continue;
      const { views: _, ...run } = JSON.parse(new TextDecoder().decode(content as Uint8Array)) as { views: unknown }; // prettier-ignore
      files.set(path, JSON.stringify(run));
    }
    const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json') as Uint8Array)) as object; // prettier-ignore
    files.set('manifest.json', JSON.stringify({ ...manifest, version: 1 }));
  };
  const first = await repacked(await bytesOf(old), withoutViews, true);
  await bring(other, first);
  expect((await other.record('here/1'))!.views).toEqual([]);
  // And again, beside what this version saved of it: it is the same run.
  expect(await bring(other, (await save(old)).file)).toMatchObject({ added: [], present: 3 });
  old.close();
  expect((await dumpDatabase(`views old ${count}`)).version).toBe(2);
});

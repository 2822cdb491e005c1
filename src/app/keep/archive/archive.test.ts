import 'fake-indexeddb/auto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dumpOf, keptRuns, openNamed, packed, repacked, waiting } from '../testing/keptRuns.ts';
import type { KeepDb } from '../keepDb.ts';
import { undoUnfinished } from '../unfinished.ts';
import { ArchiveError } from './archiveError.ts';
import { importArchive, type ImportServices } from './importArchive.ts';
import { writeArchive } from './writeArchive.ts';

const app = { version: '0.1.0', commit: 'abc1234' };
const exported = new Date('2026-11-26T12:00:00Z');
const services: ImportServices = { owner: 'me', now: () => 7, free: () => Promise.resolve(null) };
const save = (db: KeepDb, withMoments = true) =>
  writeArchive(db, { app, exported, withMoments, ...waiting() });
const bring = (db: KeepDb, file: Blob, more: Partial<ImportServices> = {}) =>
  importArchive(db, file, 'all.tar', { ...services, ...more }, waiting());

let names = 0;
let db: KeepDb;
let other: KeepDb;
beforeEach(async () => {
  db = await openNamed(`a${++names}`);
  other = await openNamed(`b${names}`);
  await db.write(await keptRuns());
});
afterEach(() => {
  db.close();
  other.close();
});

describe('there and back', () => {
  test('every record, point and byte is equal', async () => {
    const { file, runs, moments, damagedRuns, damagedMoments } = await save(db);
    expect({ runs, moments, damagedRuns, damagedMoments }).toEqual({ runs: 3, moments: 2, damagedRuns: [], damagedMoments: 0 }); // prettier-ignore
    const report = await bring(other, file);
    expect(report).toMatchObject({ added: ['one', 'two', 'three'], copies: [], present: 0, moments: 2, isSession: true }); // prettier-ignore
    expect(await dumpOf(other)).toEqual(await dumpOf(db));
    // What is saved there is, file by file, what was saved here.
    const again = await save(other);
    expect(new Uint8Array(await again.file.arrayBuffer())).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  test('the curves alone come first, the moments later', async () => {
    const curves = await save(db, false);
    expect(curves.moments).toBe(0);
    expect(await bring(other, curves.file)).toMatchObject({ moments: 0 });
    const all = await bring(other, (await save(db)).file);
    expect(all).toMatchObject({ added: [], present: 3, moments: 2 });
    expect(await dumpOf(other)).toEqual(await dumpOf(db));
  });

  test('what is here already is passed over; another content of the same id gets an id of its own, once', async () => {
    const { file } = await save(db);
    expect(await bring(db, file)).toMatchObject({ added: [], present: 3, moments: 0, isSession: false });
    const one = (await db.record('here/1'))!;
    await db.write({ runs: [{ ...one, note: 'changed since' }] });
    const before = await dumpOf(db);
    const report = await bring(db, file);
    expect(report).toMatchObject({ added: ['one'], copies: ['one'], present: 2, moments: 2 });
    const { id } = report.records[0]!;
    expect(id).toMatch(/^here\/1@[0-9a-f]{8}$/);
    expect((await db.record('here/1'))!.note).toBe('changed since');
    expect((await db.record(id))!.note).toBe('a note, "quoted"');
    expect(await db.file(id, 3)).toEqual(await db.file('here/1', 3));
    expect(await bring(db, file)).toMatchObject({ added: [], present: 3 });
    await db.write({ removed: [id] });
    expect(await dumpOf(db)).toEqual(before);
  });

  test('a branch follows its parent to its new id, and is known again', async () => {
    const { file } = await save(db);
    await other.write({ runs: [{ ...(await db.record('here/1'))!, name: 'another' }] });
    const { records } = await bring(other, file);
    const parent = records.find(({ name }) => name === 'one')!;
    expect(parent.id).not.toBe('here/1');
    expect(records.find(({ name }) => name === 'two')!.history).toMatchObject([
      { kind: 'branched', run: parent.id },
    ]);
    const before = await dumpOf(other);
    expect(await bring(other, file)).toMatchObject({ added: [], copies: [], present: 3, moments: 0 });
    expect(await dumpOf(other)).toEqual(before);
  });

  test('what cannot be read is left out and said, and so is what is about to be deleted', async () => {
    await db.write({ files: [{ key: ['here/1', 3], file: new ArrayBuffer(8) }], packs: [{ run: 'here/2', pack: 5, columns: {} }, { run: 'here/2', pack: 6, columns: { loss: { from: 900, values: new Float64Array(1), absent: null } } }] }); // prettier-ignore
    const { file, runs, damagedRuns, damagedMoments } = await save(db);
    expect({ runs, damagedRuns, damagedMoments }).toEqual({
      runs: 2,
      damagedRuns: ['here/2'],
      damagedMoments: 1,
    });
    expect(await bring(other, file)).toMatchObject({ added: ['one', 'three'] });
  });

  test('tar opens it, and what tar packs again is read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    try {
      const { file } = await save(db);
      writeFileSync(join(folder, 'all.tar'), new Uint8Array(await file.arrayBuffer()));
      const tar = (...args: string[]) => execFileSync('tar', args, { cwd: folder, encoding: 'utf8' });
      expect(tar('-tf', 'all.tar').trim().split('\n')).toContain('runs/00001/moments/0000000003.safetensors');
      execFileSync('mkdir', ['mine'], { cwd: folder });
      tar('-xf', 'all.tar', '-C', 'mine');
      for (const format of ['gnu', 'pax', 'ustar']) {
        for (const args of [['.', '-C', 'mine'], ['mine']]) {
          const [what, ...where] = args as [string, ...string[]];
          tar('-cf', 'again.tar', `--format=${format}`, ...where, what);
          const fresh = await openNamed(`c${++names}`);
          await bring(fresh, new Blob([readFileSync(join(folder, 'again.tar'))]));
          expect(await dumpOf(fresh), `${format} ${args.join(' ')}`).toEqual(await dumpOf(db));
          fresh.close();
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('nothing comes in', () => {
  const changed: readonly (readonly [string, (files: Map<string, string | Uint8Array>) => void, RegExp])[] = [
    ['a byte of the points', (files) => void ((files.get('runs/00001/points.safetensors') as Uint8Array)[400]! ^= 1), /points\.safetensors is not as it was written, its SHA-256 is another/], // prettier-ignore
    ['a file is gone', (files) => void files.delete('runs/00002/run.json'), /lacks runs\/00002\/run\.json/],
    ['a file more', (files) => void files.set('../../etc/passwd', 'x'), /holds \.\.\/\.\.\/etc\/passwd, which is nothing of an archive/], // prettier-ignore
    ['no manifest', (files) => void files.delete('manifest.json'), /holds no manifest\.json/],
  ];
  test.each(changed)('where %s', async (_, change, message) => {
    const bytes = new Uint8Array(await (await save(db)).file.arrayBuffer());
    const before = await dumpOf(other);
    const error: unknown = await bring(other, await repacked(bytes, change, false)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ArchiveError);
    expect((error as Error).message).toMatch(message);
    expect(await dumpOf(other)).toEqual(before);
  });

  /** The hashes are right: somebody has written it so. */
  const forged: readonly (readonly [string, (files: Map<string, string | Uint8Array>) => void, RegExp])[] = [
    ['a run is of another form', (files) => edit(files, 'runs/00001/run.json', (run) => ({ ...run, tags: 7 })), /In runs\/00001\/run\.json: tags: /], // prettier-ignore
    ['two runs have one id', (files) => edit(files, 'runs/00002/run.json', (run) => ({ ...run, id: 'here/1' })), /another run of the file has its id/], // prettier-ignore
    ['the points are fewer', (files) => edit(files, 'runs/00001/run.json', (run) => ({ ...run, lengths: { ...(run['lengths'] as object), loss: 9 } })), /longer or shorter than its record says/], // prettier-ignore
    ['a moment is of another step', (files) => edit(files, 'runs/00001/moments.json', (all) => Object.values(all).map((one) => ({ ...(one as object), step: (one as { step: number }).step + 1 }))), /lacks runs\/00001\/moments\/0000000002|step that its run has not taken/], // prettier-ignore
    [
      'the session is none',
      (files) => edit(files, 'session.json', () => ({})),
      /session\.json: it is no record of a page/,
    ],
    ['it is of a newer version', (files) => edit(files, 'manifest.json', (all) => ({ ...all, version: 3 })), /archive of version 3, and this page reads version 2\. Load the page again/], // prettier-ignore
    [
      'it is of another program',
      (files) => edit(files, 'manifest.json', (all) => ({ ...all, format: 'x' })),
      /manifest\.json: format/,
    ],
  ];
  test.each(forged)('where %s', async (_, change, message) => {
    const bytes = new Uint8Array(await (await save(db)).file.arrayBuffer());
    const before = await dumpOf(other);
    const error: unknown = await bring(other, await repacked(bytes, change, true)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ArchiveError);
    expect((error as Error).message).toMatch(message);
    expect(await dumpOf(other)).toEqual(before);
  });

  test('where it is cut short, anywhere', async () => {
    const { file } = await save(db);
    const before = await dumpOf(other);
    for (const share of [0, 0.01, 0.3, 0.7, 0.99]) {
      await expect(bring(other, file.slice(0, Math.floor(share * file.size)))).rejects.toThrow(ArchiveError);
    }
    expect(await dumpOf(other)).toEqual(before);
  });

  test('where there is no room, before anything is written', async () => {
    const { file } = await save(db);
    await expect(bring(other, file, { free: () => Promise.resolve(1000) })).rejects.toThrow(
      /needs 0\.\d MB here, and this browser has 0\.0 MB left/,
    );
    expect(await other.ids()).toEqual([]);
  });

  test('where it is left, while it is looked through and while it is written', async () => {
    const { file } = await save(db);
    const before = await dumpOf(other);
    for (const at of [0.2, 0.6]) {
      const leaving = new AbortController();
      const progress = (share: number) => {
        if (share > at) leaving.abort();
      };
      await expect(
        importArchive(other, file, 'all.tar', services, { progress, signal: leaving.signal }),
      ).rejects.toMatchObject({ fault: 'cancelled' });
      expect(await dumpOf(other)).toEqual(before);
      expect(await other.journals()).toEqual([]);
    }
  });

  test('where the storage fails at the last writing', async () => {
    const { file } = await save(db);
    const before = await dumpOf(other);
    const write = other.write.bind(other);
    other.write = (writing) => (writing.runs ? Promise.reject(new Error('no')) : write(writing));
    await expect(bring(other, file)).rejects.toThrow('no');
    other.write = write;
    expect(await dumpOf(other)).toEqual(before);
  });
});

test('what a load of the page began and never ended is taken away by the next, unless it lives', async () => {
  const { file } = await save(db);
  await bring(other, file);
  await other.write({ removed: ['here/2'] });
  const before = await dumpOf(other);
  const write = other.write.bind(other);
  let writings = 0;
  // The page is gone after its second writing.
  other.write = (writing) => (++writings > 2 ? Promise.reject(new Error('gone')) : write(writing));
  await expect(bring(other, file)).rejects.toThrow('gone');
  other.write = write;
  expect((await other.journals()).map(({ runs }) => runs)).toEqual([['here/2']]);
  const left = async () => (await other.packs('here/2'))!.length;
  expect(await left()).toBe(1);
  await undoUnfinished(other, ({ owner }) => owner === 'me');
  expect(await left()).toBe(1);
  await undoUnfinished(other, () => false);
  expect([await left(), await dumpOf(other)]).toEqual([0, before]);
});

test('what is packed by hand has whole blocks, and two empty ones behind', () => {
  const blob = packed(new Map<string, string | Uint8Array>([['a', 'b']]));
  expect(blob.size).toBe(512 * 4);
});

function edit(
  files: Map<string, string | Uint8Array>,
  path: string,
  change: (content: Record<string, unknown>) => unknown,
): void {
  const text = new TextDecoder().decode(files.get(path) as Uint8Array);
  files.set(path, JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)));
}

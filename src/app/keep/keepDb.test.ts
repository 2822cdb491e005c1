import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { columnsBeyond, noLengths } from './columns.ts';
import { KeepDb } from './keepDb.ts';
import type { PointsPack } from './stored.ts';
import { keepErrorOf } from './keepError.ts';
import { VERSION } from './migrations.ts';
import { recordOf } from './runRecord.ts';

const open = (name: string, lost = () => undefined) => KeepDb.open(lost, name);
const [fresh] = freshRuns();
const run = grown(fresh, 5);
const pack: PointsPack = { run: run.id, pack: 0, columns: columnsBeyond(run, noLengths)! };
const record = recordOf(run, 1, 'a');
const entry = { run: run.id, step: 5, why: 'ladder', bytes: 8, evaluationDue: false, saved: 1 } as const;
const checkpoint = { entry, file: new ArrayBuffer(8) };
const everything = async (db: KeepDb) => [
  await db.ids(),
  (await db.packs(run.id))?.length,
  (await db.checkpoints()).length,
  (await db.file(run.id, 5))?.byteLength ?? null,
];

test('what is written together is there together, and goes together', async () => {
  const db = await open('together');
  await db.write({ runs: [record], packs: [pack], checkpoints: [checkpoint] });
  expect(await everything(db)).toEqual([[run.id], 1, 1, 8]);
  await db.write({ dropped: [[run.id, 5]] });
  expect(await everything(db)).toEqual([[run.id], 1, 0, null]);
  await db.write({ runs: [record], checkpoints: [checkpoint], removed: [] });
  await db.write({ removed: [run.id] });
  expect(await everything(db)).toEqual([[], 0, 0, null]);
});

test('a writing of which one part cannot be stored leaves all as it was', async () => {
  const db = await open('atomic');
  await db.write({ runs: [record], packs: [pack] });
  const unstorable = { ...record, id: 'other', note: (() => '') as unknown as string };
  await expect(
    db.write({ removed: [run.id], checkpoints: [checkpoint], runs: [unstorable] }),
  ).rejects.toMatchObject({ name: 'KeepError', kind: 'failed' });
  expect(await everything(db)).toEqual([[run.id], 1, 0, null]);
  // And it goes on.
  await db.write({ checkpoints: [checkpoint] });
  expect(await everything(db)).toEqual([[run.id], 1, 1, 8]);
});

test('a transaction that the browser breaks leaves all as it was', async () => {
  const db = await open('aborted');
  await db.write({ runs: [record] });
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    this.transaction.abort();
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(db.write({ removed: [run.id], packs: [pack] })).rejects.toMatchObject({ kind: 'full' });
  spy.mockRestore();
  expect(await everything(db)).toEqual([[run.id], 0, 0, null]);
});

test('of two that want a run one gets it', async () => {
  const [a, b] = [await open('claim'), await open('claim')];
  await a.write({ runs: [{ ...record, owner: null }] });
  const unless = (other: string) => (one: { owner: string | null }) => one.owner !== other;
  const [first, second] = await Promise.all([
    a.claim([run.id], 'a', unless('b')),
    b.claim([run.id], 'b', unless('a')),
  ]);
  expect([first?.length, second]).toEqual([1, null]);
  expect((await b.record(run.id))?.owner).toBe('a');
  // All of them or none.
  await a.write({ runs: [{ ...record, id: 'free', owner: null }] });
  expect(await b.claim(['free', run.id], 'b', unless('a'))).toBeNull();
  expect((await a.record('free'))?.owner).toBeNull();
  // What is not stored yet is nobody's.
  expect(await b.claim(['unknown'], 'b', unless('a'))).toEqual([]);
});

test('what is damaged is told apart from what is not there', async () => {
  const db = await open('damaged');
  await db.write({ runs: [record, { ...record, id: 'odd', step: -1 }], packs: [pack, { ...pack, pack: 1, columns: { loss: 7 } as never }] }); // prettier-ignore
  expect(await db.packs(run.id)).toBeNull();
  expect(await db.packs('nobody')).toEqual([]);
  expect([(await db.record(run.id))?.id, await db.record('odd')]).toEqual([run.id, null]);
  expect(await db.records()).toHaveLength(2);
});

test('a database of a newer version is refused and left as it is', async () => {
  const newer = await openDB('newer', VERSION + 1, { upgrade: (db) => void db.createObjectStore('future') });
  newer.close();
  await expect(open('newer')).rejects.toMatchObject({ kind: 'newer' });
  const still = await openDB('newer');
  expect([still.version, [...still.objectStoreNames]]).toEqual([VERSION + 1, ['future']]);
  still.close();
});

test('a newer version in another tab gets the database, and this one is told', async () => {
  const lost = vi.fn();
  const db = await open('upgraded', lost);
  const newer = await openDB('upgraded', VERSION + 1);
  expect(lost.mock.calls).toEqual([[expect.objectContaining({ kind: 'blocked' })]]);
  newer.close();
  await expect(db.write({ runs: [recordOf(over(run), 1, 'a')] })).rejects.toMatchObject({ kind: 'denied' });
});

test.each([
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
  ['SecurityError', 'denied'],
  ['InvalidStateError', 'denied'],
  ['UnknownError', 'failed'],
  ['AbortError', 'failed'],
])('%s is %s', (name, kind) => {
  expect(keepErrorOf(new DOMException('said', name))).toMatchObject({ kind, message: 'said' });
});

test('a browser without IndexedDB is said to have none', async () => {
  vi.stubGlobal('indexedDB', undefined);
  Reflect.deleteProperty(globalThis, 'indexedDB');
  await expect(open('nowhere')).rejects.toMatchObject({ kind: 'denied' });
  vi.unstubAllGlobals();
});

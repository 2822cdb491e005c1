import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { experiment } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { DATABASE, KeepDb } from './keepDb.ts';
import { openKeep } from './openKeep.ts';
import { writeArchive } from './archive/writeArchive.ts';
import { freshStore, madeAt } from './testing/keptPage.ts';
import { keptRuns, openNamed, waiting } from './testing/keptRuns.ts';

const [first, second] = freshRuns();
const kindOf = (store: ReturnType<typeof freshStore>) => {
  const { keeping } = store.getState();
  return 'fault' in keeping ? [keeping.kind, keeping.fault.kind] : [keeping.kind];
};

beforeEach(() => {
  // Node 20 has none; where there are no locks a page is known by when it last wrote.
  vi.stubGlobal('navigator', {});
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await deleteDB(DATABASE);
});

/** Seconds go by, and what the imagined database does in them is done. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await vi.advanceTimersByTimeAsync(1000);
    for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}
/** As many seconds as it takes. */
async function passUntil(done: Promise<unknown>): Promise<void> {
  const running = new Set([done]);
  void done.finally(() => running.clear());
  while (running.size > 0) await pass(1);
}
const keptIds = async () => {
  const db = await KeepDb.open(() => undefined);
  const ids = await db.ids();
  db.close();
  return ids;
};

test('what is begun is kept soon, and is there when the page is opened again', async () => {
  const store = freshStore();
  await openKeep({ store }, 'one');
  expect(kindOf(store)).toEqual(['kept']);
  store.setState(({ training }) => ({ training: { ...training, runs: [over(grown(first, 3))] } }));
  await pass(3);
  const next = freshStore();
  await openKeep({ store: next }, 'two');
  await pass(1);
  expect(next.getState().archive.kept.map(({ id, error }) => [id, error.length])).toEqual([[first.id, 3]]);
});

test('what a person or the browser clears while the page is open is kept anew, as far as it is on the page', async () => {
  const store = freshStore();
  const { keeping } = await openKeep({ store }, 'one');
  store.setState(({ training }) => ({ training: { ...training, runs: [grown(first, 3)] } }));
  await pass(3);
  store.setState({ library: [{ ...over(second), summary: { trainingError: 1, testError: null, seconds: 1, speed: 1, curve: [], bytes: 1 } }] }); // prettier-ignore
  await deleteDB(DATABASE);
  expect(kindOf(store)).toEqual(['off', 'failed']);
  keeping.keepCheckpoint(first.id, madeAt(2));
  await expect(keeping.checkpointOf(first.id, 2)).rejects.toThrow('cannot be read now');
  await pass(14);
  expect(kindOf(store)).toEqual(['kept']);
  expect(await keptIds()).toEqual([first.id]);
  expect(store.getState().library).toEqual([]);
});

test('storage that cannot be opened for want of room is opened when there is some, and what was kept comes then', async () => {
  const before = freshStore();
  await openKeep({ store: before }, 'before');
  before.setState({ imported: [over(grown(second, 2))] });
  await pass(3);
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('the disk is full', 'QuotaExceededError');
  });
  const store = freshStore();
  await openKeep({ store }, 'one');
  expect(kindOf(store)).toEqual(['off', 'full']);
  await pass(12);
  expect(kindOf(store)).toEqual(['off', 'full']);
  open.mockRestore();
  await pass(12);
  expect(kindOf(store)).toEqual(['kept']);
  expect(store.getState().archive.kept.map(({ id }) => id)).toEqual([second.id]);
});

test('an archive that comes in while other tabs are looked at: its runs are no runs of theirs', async () => {
  const saved = await openNamed('saved');
  const runs = await keptRuns();
  const session = { ...runs.session!, experiment, runs: ['here/1', 'here/2'], hidden: [] };
  await saved.write({ ...runs, session });
  const { file } = await writeArchive(saved, { app: { version: '0.1.0', commit: 'abc1234' }, exported: new Date(0), withMoments: true, ...waiting() }); // prettier-ignore
  saved.close();
  const store = freshStore();
  const { keeping } = await openKeep({ store }, 'one');
  // A busy machine: some seconds go by between the writing of the records and the page.
  const write = Object.getOwnPropertyDescriptor(KeepDb.prototype, 'write')!.value as KeepDb['write'];
  vi.spyOn(KeepDb.prototype, 'write').mockImplementation(async function (this: KeepDb, writing) {
    await write.call(this, writing);
    if (writing.journalDone) await new Promise((resolve) => setTimeout(resolve, 5000));
  });
  const coming = keeping.archives.bringIn(file, 'all.tar', waiting());
  await Promise.all([coming, passUntil(coming)]);
  expect(await coming).toMatchObject({ added: ['one', 'two', 'three'] });
  const { training, archive, imported, library } = store.getState();
  expect(training.runs.map(({ name }) => name)).toEqual(['one', 'two']);
  expect([...archive.kept, ...imported, ...library].map(({ name }) => name)).toEqual(['three']);
});

test('a browser that forbids it is asked once', async () => {
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not here', 'SecurityError');
  });
  const store = freshStore();
  const { keeping, flush } = await openKeep({ store }, 'one');
  await flush();
  await pass(25);
  expect([kindOf(store), open.mock.calls.length]).toEqual([['off', 'denied'], 1]);
  // Training goes on, and what is on the page can be gone on with.
  expect(await keeping.claim([first])).toEqual([first]);
});

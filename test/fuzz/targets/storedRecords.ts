/** What is stored, changed by whatever: the page opens, shows what is sound, leaves the rest, and can save it. */
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { ArchiveError } from '../../../src/app/keep/archive/archiveError.ts';
import { importArchive } from '../../../src/app/keep/archive/importArchive.ts';
import { writeArchive } from '../../../src/app/keep/archive/writeArchive.ts';
import type { KeepDb } from '../../../src/app/keep/keepDb.ts';
import { Keeper } from '../../../src/app/keep/keeper.ts';
import { KeepError } from '../../../src/app/keep/keepError.ts';
import { restore } from '../../../src/app/keep/restore.ts';
import { decoded, dumpDatabase, type DatabaseDump } from '../../../src/app/keep/testing/dumpDatabase.ts';
import { freshApp } from '../../../src/app/testing/freshApp.ts';
import { keptRuns, openNamed, waiting } from '../../../src/app/keep/testing/keptRuns.ts';
import { mustEqual, reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedJsonText } from '../mutations.ts';
import { mustDraw } from './mustDraw.ts';

const source = await openNamed('fuzz of what is stored');
await source.write(await keptRuns());
source.close();
const { stores } = await dumpDatabase('fuzz of what is stored');
/** Small: the files of moments have a target of their own. */
const parts = Object.entries(stores).filter(([store]) => store !== 'checkpointFiles');

/** The database with all that can be stored of it. */
async function stored(name: string, dump: DatabaseDump['stores']): Promise<KeepDb> {
  (await openNamed(name)).close();
  const raw = await openDB(name);
  for (const [store, { entries }] of Object.entries({ ...stores, ...dump })) {
    if (!raw.objectStoreNames.contains(store) || !Array.isArray(entries)) continue;
    // Each that cannot be stored takes a while to be refused: that is no part of what is looked at.
    for (const entry of (entries as readonly unknown[]).slice(0, 40)) {
      const [key, value] = (Array.isArray(entry) ? entry : []) as readonly unknown[];
      const { keyPath } = raw.transaction(store).store;
      // A key that is none cannot be stored.
      await raw.put(store, decoded(value), keyPath === null ? (decoded(key) as IDBValidKey) : undefined).catch(() => undefined); // prettier-ignore
    }
  }
  raw.close();
  return openNamed(name);
}

const app = { version: '0', commit: null };
const services = { owner: 'me', now: () => 0, free: () => Promise.resolve(null) };
let count = 0;

export const storedRecords: FuzzTarget = {
  name: 'stored records',
  inputs: mutatedJsonText([Object.fromEntries(parts), ...parts.map(([store, dump]) => ({ [store]: dump }))]),
  async attempt(input) {
    const json = await reading(
      () => JSON.parse(String(input)) as DatabaseDump['stores'],
      SyntaxError,
      RangeError,
    );
    if (!json || typeof json.value !== 'object') return false;
    const name = `fuzzed store ${count++}`;
    const built = await reading(() => stored(name, json.value), TypeError, RangeError);
    if (!built) return false;
    const db = built.value;
    const other = await openNamed(`${name} brought in`);
    try {
      const before = await db.ids();
      const store = freshApp().store;
      const keeper = new Keeper(db, store, { now: () => 0, owner: 'me', schedule: () => () => undefined });
      const read = await reading(() => restore(db, keeper, store, () => false), KeepError);
      if (!read) throw new Violation('the page could not be opened');
      const { archive, imported, library, training } = store.getState();
      const shown = [...archive.kept, ...imported, ...training.runs];
      shown.forEach(mustDraw);
      const session = (await db.session()) as { deleted?: unknown } | undefined;
      if (!Array.isArray(session?.deleted) || session.deleted.length === 0) {
        mustEqual('what is stored after it was opened', await db.ids(), before);
      }
      const saved = await reading(
        () => writeArchive(db, { app, exported: new Date(0), withMoments: true, ...waiting() }),
        KeepError,
      );
      if (!saved) throw new Violation('it could not be saved');
      const back = await reading(
        () => importArchive(other, saved.value.file, 'all.tar', services, waiting()),
        ArchiveError,
      );
      // Where a busy machine made it slow, it was brought in once more, and was there.
      const came = back && back.value.added.length + back.value.present;
      if (came !== saved.value.runs) throw new Violation('what was saved was refused');
      return shown.length + library.length === 3 && read.value.damaged.length === 0;
    } finally {
      db.close();
      other.close();
      indexedDB.deleteDatabase(name);
      indexedDB.deleteDatabase(`${name} brought in`);
    }
  },
};

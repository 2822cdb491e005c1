/**
 * The database of what is kept, in this browser: IndexedDB by way of `idb`. What comes out is checked; one writing is one transaction, so
 * a checkpoint is never there without the points that lead to it.
 */
import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import * as v from 'valibot';
import type { Columns } from './columns.ts';
import { KeepError, keepErrorOf } from './keepError.ts';
import { migrate, storeNames, VERSION, type StoreName } from './migrations.ts';
import { runRecordSchema, type RunRecord } from './runRecord.ts';
import {
  checkpointSchema,
  journalSchema,
  packSchema,
  type CheckpointEntry,
  type Journal,
  type WholeRun,
  type Writing,
} from './stored.ts';

export const DATABASE = 'residual-playground';
const SESSION = 'page';
const JOURNAL = 'importing/';

const journalKey = (owner: string) => `${JOURNAL}${owner}`;

export class KeepDb {
  private constructor(private readonly db: IDBPDatabase) {}

  /**
   * Opens the database, or makes it. `lost` is told once if it is taken away later. Rejects with {@link KeepError}: of a newer version
   * it is left untouched.
   */
  static async open(lost: (error: KeepError) => void, name = DATABASE): Promise<KeepDb> {
    if (!('indexedDB' in globalThis)) throw new KeepError('denied', 'This browser has no IndexedDB.');
    let isRefused = false;
    try {
      const db: IDBPDatabase = await new Promise((resolve, reject) => {
        const opening = openDB(name, VERSION, {
          upgrade(made, from, to, transaction) {
            // A migration that fails leaves what was there: opening then fails, too.
            migrate(made, from, to ?? VERSION, transaction).catch(() => transaction.abort());
          },
          blocked: () => {
            isRefused = true;
            reject(new KeepError('blocked', 'Another tab holds an older version open.'));
          },
          blocking: (_, wanted, event) => {
            // A newer version of the page, in another tab, or who clears what is kept: it must not wait for this one.
            (event.target as IDBDatabase).close();
            lost(
              wanted === null
                ? new KeepError('failed', 'What was kept was deleted.')
                : new KeepError('blocked', 'A newer version of the page was opened in another tab.'),
            );
          },
          terminated: () => lost(new KeepError('failed', 'The browser closed the storage of this page.')),
        });
        opening.then((opened) => (isRefused ? opened.close() : resolve(opened)), reject);
      });
      return new KeepDb(db);
    } catch (error) {
      throw keepErrorOf(error);
    }
  }

  close(): void {
    this.db.close();
  }

  /** All stored runs, unchecked. */
  records = (): Promise<readonly unknown[]> => this.reading(() => this.db.getAll('runs'));

  /** A stored run; null if there is none, or what there is cannot be read. */
  async record(id: string): Promise<RunRecord | null> {
    const stored: unknown = await this.reading(() => this.db.get('runs', id));
    const result = v.safeParse(runRecordSchema, stored);
    return result.success ? result.output : null;
  }

  /** The ids of all stored runs. */
  async ids(): Promise<readonly string[]> {
    const keys = await this.reading(() => this.db.getAllKeys('runs'));
    return keys.filter((key) => typeof key === 'string');
  }

  has = async (run: string): Promise<boolean> =>
    (await this.reading(() => this.db.getKey('runs', run))) !== undefined;

  /** How many numbers each run has in its curves, and the bytes of the pictures of its views. */
  async sizes(): Promise<readonly { readonly numbers: number; readonly pictureBytes: number }[]> {
    const { lengths: counted, views: kept } = runRecordSchema.entries;
    const stored = sound(v.object({ lengths: counted, views: kept }), await this.records());
    return stored.map(({ lengths, views }) => ({
      numbers: Object.values(lengths).reduce((sum, count) => sum + count, 0),
      pictureBytes: views.reduce((sum, { picture }) => sum + (picture?.bytes ?? 0), 0),
    }));
  }

  /** Null where there is no such run, or what there is cannot be read; damaged entries of moments are left out. */
  async whole(run: string): Promise<WholeRun | null> {
    const [record, packs, entries] = await this.reading(async () => {
      const transaction = this.db.transaction(['runs', 'points', 'checkpoints']);
      const reading: readonly Promise<unknown>[] = [
        transaction.objectStore('runs').get(run),
        transaction.objectStore('points').getAll(allOf(run)),
        transaction.objectStore('checkpoints').getAll(allOf(run)),
      ];
      return Promise.all(reading);
    });
    const readRecord = v.safeParse(runRecordSchema, record);
    const readPacks = v.safeParse(v.array(packSchema), packs);
    if (!readRecord.success || !readPacks.success) return null;
    return {
      record: readRecord.output,
      packs: readPacks.output.map(({ columns }) => columns),
      entries: sound(checkpointSchema, entries),
    };
  }

  /** What archives have begun to write and not ended. */
  journals = async (): Promise<readonly Journal[]> => {
    const range = IDBKeyRange.bound(JOURNAL, journalKey('\uffff'));
    return sound(journalSchema, await this.reading(() => this.db.getAll('session', range)));
  };

  session = (): Promise<unknown> => this.reading(() => this.db.get('session', SESSION));

  /** The packs of a run in their order, each checked; null where one of them is damaged. */
  async packs(run: string): Promise<readonly Columns[] | null> {
    const stored: unknown[] = await this.reading(() => this.db.getAll('points', allOf(run)));
    const packs = stored.map((pack) => v.safeParse(packSchema, pack));
    return packs.every((pack) => pack.success) ? packs.map(({ output }) => output.columns) : null;
  }

  /** Every checkpoint that there is, or those of one run; what is damaged is left out. */
  async checkpoints(run?: string): Promise<readonly CheckpointEntry[]> {
    const range = run === undefined ? null : allOf(run);
    return sound(checkpointSchema, await this.reading(() => this.db.getAll('checkpoints', range)));
  }

  /** The file of a checkpoint; null if it is not there. */
  async file(run: string, step: number): Promise<ArrayBuffer | null> {
    const file: unknown = await this.reading(() => this.db.get('checkpointFiles', [run, step]));
    return file instanceof ArrayBuffer ? file : null;
  }

  /** The picture of a view; null if it is not there. */
  async picture(run: string, view: string): Promise<ArrayBuffer | null> {
    const file: unknown = await this.reading(() => this.db.get('viewPictures', [run, view]));
    return file instanceof ArrayBuffer ? file : null;
  }

  /**
   * Takes these runs over as `owner`, if `mayTake` says so of each record as it is now; else none of them. Between its look and its
   * taking no other tab comes. Rejects with {@link KeepError}.
   */
  async claim(
    ids: readonly string[],
    owner: string,
    mayTake: (record: RunRecord) => boolean,
  ): Promise<readonly RunRecord[] | null> {
    return this.changing(async (transaction) => {
      const store = transaction.objectStore('runs');
      const stored: unknown[] = await Promise.all(ids.map((id) => store.get(id)));
      const records = stored.flatMap((input) => {
        const result = v.safeParse(runRecordSchema, input);
        return result.success ? [result.output] : [];
      });
      if (!records.every(mayTake)) return null;
      await Promise.all(records.map((record) => store.put({ ...record, owner })));
      return records;
    });
  }

  /** All of it, or nothing. Rejects with {@link KeepError}. */
  async write(writing: Writing): Promise<void> {
    const { runs = [], packs = [], rewritten = [], checkpoints = [], dropped = [], removed = [] } = writing;
    const { files = [], entries = [], pictures = [], droppedPictures = [] } = writing;
    const { session, journal, journalDone } = writing;
    await this.changing((transaction) => {
      const store = (name: StoreName) => transaction.objectStore(name);
      for (const run of rewritten) quiet(store('points').delete(allOf(run)));
      for (const run of removed) {
        quiet(store('runs').delete(run));
        for (const name of ['points', 'checkpoints', 'checkpointFiles', 'viewPictures'] as const)
          quiet(store(name).delete(allOf(run)));
      }
      for (const place of dropped) {
        quiet(store('checkpoints').delete([...place]));
        quiet(store('checkpointFiles').delete([...place]));
      }
      for (const run of runs) quiet(store('runs').put(run));
      for (const pack of packs) quiet(store('points').put(pack));
      for (const { entry, file } of checkpoints) {
        quiet(store('checkpoints').put(entry));
        quiet(store('checkpointFiles').put(file, [entry.run, entry.step]));
      }
      for (const { key, file } of files) quiet(store('checkpointFiles').put(file, [...key]));
      for (const key of droppedPictures) quiet(store('viewPictures').delete([...key]));
      for (const { key, file } of pictures) quiet(store('viewPictures').put(file, [...key]));
      for (const entry of entries) quiet(store('checkpoints').put(entry));
      if (session) quiet(store('session').put(session, SESSION));
      if (journal) quiet(store('session').put(journal, journalKey(journal.owner)));
      if (journalDone !== undefined) quiet(store('session').delete(journalKey(journalDone)));
    });
  }

  /** One transaction: all that `work` asks for, or nothing. */
  private async changing<T>(work: (transaction: Change) => T | Promise<T>): Promise<T> {
    try {
      const transaction = this.db.transaction(storeNames, 'readwrite', { durability: 'relaxed' });
      quiet(transaction.done);
      let result: T;
      try {
        result = await work(transaction);
      } catch (error) {
        abort(transaction);
        throw error;
      }
      await transaction.done;
      return result;
    } catch (error) {
      throw keepErrorOf(error);
    }
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw keepErrorOf(error);
    }
  }
}

type Change = IDBPTransaction<unknown, StoreName[], 'readwrite'>;

/** A request that fails aborts its transaction, which tells why. */
const quiet = (request: Promise<unknown>): void => void request.catch(() => undefined);

/** What a request throws at once, as of a value that cannot be stored, ends no transaction by itself. */
function abort(transaction: Change): void {
  try {
    transaction.abort();
  } catch {
    // It was over already.
  }
}
/** Those of `stored` that are what they should be. */
const sound = <S extends v.GenericSchema>(schema: S, stored: unknown): readonly v.InferOutput<S>[] =>
  (Array.isArray(stored) ? stored : []).flatMap((one) => {
    const result = v.safeParse(schema, one);
    return result.success ? [result.output] : [];
  });

/** The keys [run, anything]. */
const allOf = (run: string): IDBKeyRange => IDBKeyRange.bound([run], [run, []]);

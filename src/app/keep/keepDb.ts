/**
 * The database of what is kept, in this browser: IndexedDB by way of `idb`. What comes out is checked; one writing is one transaction, so
 * a checkpoint is never there without the points that lead to it.
 */
import { openDB, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { momentKinds } from '../state/keeping.ts';
import { columnsSchema, type Columns } from './columns.ts';
import { KeepError, keepErrorOf } from './keepError.ts';
import { migrate, storeNames, VERSION } from './migrations.ts';
import { runRecordSchema, type RunRecord } from './runRecord.ts';
import type { SessionRecord } from './sessionRecord.ts';

export const DATABASE = 'residual-playground';
const SESSION = 'page';

const packSchema = v.strictObject({
  run: v.string(),
  pack: v.pipe(v.number(), v.integer(), v.minValue(0)),
  columns: columnsSchema,
});
export type PointsPack = v.InferOutput<typeof packSchema>;

const checkpointSchema = v.strictObject({
  run: v.string(),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  why: v.picklist(momentKinds),
  bytes: v.pipe(v.number(), v.minValue(0)),
  evaluationDue: v.boolean(),
  /** Milliseconds since 1970. */
  saved: v.number(),
});
export type CheckpointEntry = v.InferOutput<typeof checkpointSchema>;

export type CheckpointKey = readonly [run: string, step: number];

/** What is written together. */
export interface Writing {
  readonly runs?: readonly RunRecord[];
  /** Packs that follow those that are there. */
  readonly packs?: readonly PointsPack[];
  /** Runs whose packs are replaced by those of `packs`. */
  readonly rewritten?: readonly string[];
  readonly checkpoints?: readonly { readonly entry: CheckpointEntry; readonly file: ArrayBuffer }[];
  readonly dropped?: readonly CheckpointKey[];
  readonly removed?: readonly string[];
  readonly session?: SessionRecord;
}

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
          blocking: (_, __, event) => {
            // A newer version of the page, in another tab: it must not wait for this one.
            (event.target as IDBDatabase).close();
            lost(new KeepError('blocked', 'A newer version of the page was opened in another tab.'));
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

  session = (): Promise<unknown> => this.reading(() => this.db.get('session', SESSION));

  /** The packs of a run in their order, each checked; null where one of them is damaged. */
  async packs(run: string): Promise<readonly Columns[] | null> {
    const stored: unknown[] = await this.reading(() => this.db.getAll('points', allOf(run)));
    const packs = stored.map((pack) => v.safeParse(packSchema, pack));
    return packs.every((pack) => pack.success) ? packs.map(({ output }) => output.columns) : null;
  }

  /** Every checkpoint that there is; what is damaged is left out. */
  async checkpoints(): Promise<readonly CheckpointEntry[]> {
    const stored: unknown[] = await this.reading(() => this.db.getAll('checkpoints'));
    return stored.flatMap((entry) => {
      const result = v.safeParse(checkpointSchema, entry);
      return result.success ? [result.output] : [];
    });
  }

  /** The file of a checkpoint; null if it is not there. */
  async file(run: string, step: number): Promise<ArrayBuffer | null> {
    const file: unknown = await this.reading(() => this.db.get('checkpointFiles', [run, step]));
    return file instanceof ArrayBuffer ? file : null;
  }

  /** All of it, or nothing. Rejects with {@link KeepError}. */
  async write(writing: Writing): Promise<void> {
    const { runs = [], packs = [], rewritten = [], checkpoints = [], dropped = [], removed = [] } = writing;
    try {
      const transaction = this.db.transaction(storeNames, 'readwrite', { durability: 'relaxed' });
      const store = (name: (typeof storeNames)[number]) => transaction.objectStore(name);
      const requests: Promise<unknown>[] = [
        ...rewritten.map((run) => store('points').delete(allOf(run))),
        ...removed.flatMap((run) => [
          store('runs').delete(run),
          ...(['points', 'checkpoints', 'checkpointFiles'] as const).map((name) =>
            store(name).delete(allOf(run)),
          ),
        ]),
        ...dropped.flatMap((place) => [
          store('checkpoints').delete([...place]),
          store('checkpointFiles').delete([...place]),
        ]),
        ...runs.map((run) => store('runs').put(run)),
        ...packs.map((pack) => store('points').put(pack)),
        ...checkpoints.flatMap(({ entry, file }) => [
          store('checkpoints').put(entry),
          store('checkpointFiles').put(file, [entry.run, entry.step]),
        ]),
        ...(writing.session ? [store('session').put(writing.session, SESSION)] : []),
      ];
      // A request that fails aborts the transaction, which tells why.
      for (const request of requests) request.catch(() => {});
      await transaction.done;
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

/** The keys [run, anything]. */
const allOf = (run: string): IDBKeyRange => IDBKeyRange.bound([run], [run, []]);

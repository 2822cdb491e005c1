/** The stored form, version by version: a database of any earlier version is brought to the present one, step by step. */
import type { IDBPDatabase, IDBPTransaction } from 'idb';

/** Object stores and what lies in them; checked when it is read, whatever wrote it. */
export const stores = {
  /** A RunRecord, by its id. */
  runs: 'runs',
  /** PointsPack, by [run, number of the pack]. */
  points: 'points',
  /** CheckpointEntry, by [run, step]; its file stands apart, so that a list reads none. */
  checkpoints: 'checkpoints',
  /** The bytes of a checkpoint, by the same key. */
  checkpointFiles: 'checkpointFiles',
  /** The picture of a view that is kept with a run, by [run, id of the view]. */
  viewPictures: 'viewPictures',
  /** What stood on the page: one record. */
  session: 'session',
} as const;
export type StoreName = keyof typeof stores;
export const storeNames = Object.keys(stores) as StoreName[];

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;
type Migration = (db: IDBPDatabase, transaction: Upgrade) => void | Promise<void>;

/** Migration `i` brings version `i` to version `i + 1`. What is shipped is never changed. */
export const migrations: readonly Migration[] = [
  (db) => {
    db.createObjectStore(stores.runs, { keyPath: 'id' });
    db.createObjectStore(stores.points, { keyPath: ['run', 'pack'] });
    db.createObjectStore(stores.checkpoints, { keyPath: ['run', 'step'] });
    db.createObjectStore(stores.checkpointFiles);
    db.createObjectStore(stores.session);
  },
  (db) => {
    db.createObjectStore(stores.viewPictures);
  },
];

export const VERSION = migrations.length;

export async function migrate(
  db: IDBPDatabase,
  from: number,
  to: number,
  transaction: Upgrade,
): Promise<void> {
  for (const migration of migrations.slice(from, to)) await migration(db, transaction);
}

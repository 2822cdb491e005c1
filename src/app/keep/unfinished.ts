/** What an archive has written before all of it was here, and that it may be taken away. */
import type { KeepDb } from './keepDb.ts';
import type { Journal } from './stored.ts';
import type { IsElsewhere } from './owners.ts';

export async function undo(db: KeepDb, { owner, runs, files }: Journal): Promise<void> {
  await db.write({ removed: runs, dropped: files, journalDone: owner });
}

/** Takes away what loads of the page have left that do not live any more. Rejects with KeepError. */
export async function undoUnfinished(db: KeepDb, isElsewhere: IsElsewhere): Promise<void> {
  for (const journal of await db.journals()) if (!isElsewhere(journal)) await undo(db, journal);
}

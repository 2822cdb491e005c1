/** What an archive has written before all of it was here, and that it may be taken away. */
import type { Journal, KeepDb } from './keepDb.ts';

export async function undo(db: KeepDb, { owner, runs, files }: Journal): Promise<void> {
  await db.write({ removed: runs, dropped: files, journalDone: owner });
}

/** Takes away what loads of the page have left that do not live any more. Rejects with KeepError. */
export async function undoUnfinished(
  db: KeepDb,
  living: (journals: readonly Journal[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const journals = await db.journals();
  if (journals.length === 0) return;
  const alive = await living(journals);
  for (const journal of journals) if (!alive.has(journal.owner)) await undo(db, journal);
}

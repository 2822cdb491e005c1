/** Archives of this browser's database: what writes and reads them comes when it is asked for, what comes in stands on the page at once. */
import type { StoreApi } from 'zustand/vanilla';
import { appBuild } from '../../runs/codec/appBuild.ts';
import { allRuns } from '../../runs/allRuns.ts';
import { createPart } from '../../ui/parts/part.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Archives } from '../../state/archives.ts';
import type { KeepDb } from '../keepDb.ts';
import type { Keeper } from '../keeper.ts';
import { momentsByRun, restore } from '../restore.ts';
import { runOfRecord } from '../runRecord.ts';
import type { Imported, ImportServices } from './importArchive.ts';
import type { InTurn } from '../inTurn.ts';

const writer = createPart('writeArchive', () => import('./writeArchive.ts'));
const reader = createPart('importArchive', () => import('./importArchive.ts'));

export function archivesOf(
  db: KeepDb,
  keeper: Keeper,
  store: StoreApi<AppState>,
  services: Omit<ImportServices, 'free'>,
  /**
   * One file after the other: each has a journal under the owner's name. And between the looks at other tabs: what is written and not on
   * the page yet would be taken for a run of theirs.
   */
  inTurn: InTurn,
): Archives {
  return {
    async sizes() {
      await keeper.flush();
      writer.retry();
      return (await writer.load()).archiveSizes(db);
    },
    async save(options) {
      await keeper.flush();
      writer.retry();
      return (await writer.load()).writeArchive(db, { ...options, app: appBuild });
    },
    bringIn: (file, name, waiting) =>
      inTurn(async () => {
        await keeper.flush();
        reader.retry();
        const { importArchive } = await reader.load();
        const imported = await importArchive(db, file, name, { ...services, free: freeHere }, waiting);
        await show(db, keeper, store, imported);
        return imported;
      }),
  };
}

/** What came in: on a page where nothing was, all as it stood where it was saved; else among the runs that are kept. */
async function show(
  db: KeepDb,
  keeper: Keeper,
  store: StoreApi<AppState>,
  imported: Imported,
): Promise<void> {
  const { library, training } = store.getState();
  const isBare =
    library.length === 0 && training.experiment === null && allRuns(store.getState()).length === 0;
  if (isBare && imported.isSession) {
    // Nobody trains a run that has just come in.
    await (
      await restore(db, keeper, store, () => false)
    ).drawn;
    return;
  }
  const runs = imported.records.map((record) => {
    const { run } = runOfRecord(record);
    keeper.knows(run, 0, record.updated);
    return run;
  });
  const hidden = imported.session?.hidden.filter((id) => runs.some((run) => run.id === id)) ?? [];
  store.setState((state) => {
    const moments = new Map(state.moments);
    for (const [id, added] of momentsByRun(imported.entries)) {
      moments.set(
        id,
        [...(moments.get(id) ?? []), ...added].sort((a, b) => a.step - b.step),
      );
    }
    return {
      library: [...state.library, ...runs],
      moments,
      ...(hidden.length > 0 && { view: { ...state.view, hidden: [...state.view.hidden, ...hidden] } }),
    };
  });
  keeper.knowsMoments(store.getState().moments);
}

async function freeHere(): Promise<number | null> {
  if (!('storage' in navigator)) return null;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/**
 * Brings in what an archive holds: all of it, or nothing. Points and files of moments are written first, in pieces, where nobody looks for
 * them; the records that make them runs follow in one transaction. What was begun and never ended is taken away when the page is opened.
 */
import { decodeView, encodeView } from '../../../model/linkView.ts';
import { sha256 } from '../../../model/sha256.ts';
import type { BroughtIn, Waiting } from '../../state/archives.ts';
import type { KeepDb } from '../keepDb.ts';
import type { CheckpointEntry, CheckpointKey, Journal, PictureKey, PointsPack } from '../stored.ts';
import type { RunRecord } from '../runRecord.ts';
import { undo } from '../unfinished.ts';
import { readSession, type SessionRecord } from '../sessionRecord.ts';
import { ArchiveError } from './archiveError.ts';
import { archiveFaults as faults } from './enArchive.ts';
import { contentOf, keptRun } from './keptRun.ts';
import { columnsOf, decodePoints } from './pointsFile.ts';
import { readArchive, type ArchivedMoment, type ArchivedRun } from './readArchive.ts';

export interface ImportServices {
  /** The load of the page that brings it in. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Bytes that this browser has left for the page; null where it does not say. */
  readonly free: () => Promise<number | null>;
}

export interface Imported extends BroughtIn {
  readonly records: readonly RunRecord[];
  readonly entries: readonly CheckpointEntry[];
  /** Whether the archive's session is that of the page now. */
  readonly isSession: boolean;
  /** With the ids that the runs have here. */
  readonly session: SessionRecord | null;
}

/** Bytes that are written at once. */
const PIECE = 32 << 20;
/** Versions of one run, at most. */
const MOST_VERSIONS = 100;

/** Where a run goes, and what of it is not here. */
interface Placed {
  readonly run: ArchivedRun;
  readonly id: string;
  readonly isHere: boolean;
  readonly moments: readonly ArchivedMoment[];
}

/** Rejects with {@link ArchiveError}, or with KeepError where the storage fails: then nothing has changed. */
export async function importArchive(
  db: KeepDb,
  file: Blob,
  name: string,
  services: ImportServices,
  waiting: Waiting,
): Promise<Imported> {
  const half = (from: number): Waiting => ({
    ...waiting,
    progress: (share) => waiting.progress(from + share / 2),
  });
  const { runs, session } = await readArchive(file, name, half(0));
  const placed: Placed[] = [];
  for (const run of runs) placed.push(await placeOf(db, run, name));
  await refuseWithoutRoom(placed, name, services);
  const ids = new Map(placed.map(({ run, id }) => [run.record.id, id]));
  const added = placed.filter(({ isHere }) => !isHere);
  const records = added.map(({ run, id }) => renamed(run.record, id, ids));
  const entries = placed.flatMap(({ id, moments }) => moments.map(({ entry }) => ({ ...entry, run: id })));
  const sessionHere = session && sessionWith(session, ids);
  const isFirst = (await db.ids()).length === 0 && isEmpty(await db.session());
  const isSession = sessionHere !== null && isFirst;
  await writeAll(db, placed, name, services, half(0.5), {
    runs: records,
    entries,
    ...(isSession && { session: sessionHere }),
  });
  return {
    records,
    entries,
    isSession,
    session: sessionHere,
    added: records.map((record) => record.name),
    copies: added.filter(({ run, id }) => id !== run.record.id).map(({ run }) => run.record.name),
    present: placed.length - added.length,
    moments: entries.length,
  };
}

/** Its own id, or where that is another run's one that follows from its content: so that the same file brings it in once. */
async function placeOf(db: KeepDb, run: ArchivedRun, name: string): Promise<Placed> {
  const { id } = run.record;
  const base = `${id.slice(0, 400)}@${run.content.slice(0, 8)}`;
  for (let i = 0; i < MOST_VERSIONS; i++) {
    const place = i === 0 ? id : i === 1 ? base : `${base}-${i}`;
    if (!(await db.has(place))) return { run, id: place, isHere: false, moments: run.moments };
    const moments = await missingMoments(db, place, run);
    if (moments) return { run, id: place, isHere: true, moments };
  }
  throw new ArchiveError('damaged', faults.noId(name, run.record.name));
}

/** The moments of `run` that are not kept under `id`; null if another run is, or one with another moment after the same step. */
async function missingMoments(
  db: KeepDb,
  id: string,
  run: ArchivedRun,
): Promise<readonly ArchivedMoment[] | null> {
  const kept = await keptRun(db, id);
  if (!kept || (await contentOf(kept.record, kept.points)) !== run.content) return null;
  const missing: ArchivedMoment[] = [];
  for (const moment of run.moments) {
    const file = await db.file(id, moment.entry.step);
    if (!file) missing.push(moment);
    else if ((await sha256(new Uint8Array(file))) !== moment.sha256) return null;
  }
  return missing;
}

async function refuseWithoutRoom(
  placed: readonly Placed[],
  name: string,
  { free }: ImportServices,
): Promise<void> {
  const curves = placed.map(({ run, isHere }) => (isHere ? 0 : run.pointBytes));
  const pictures = placed.map((one) => pictureBytesOf(one));
  const files = placed.flatMap(({ moments }) => moments.map(({ entry }) => entry.bytes));
  const needed = [...curves, ...pictures, ...files].reduce((sum, bytes) => sum + bytes, 0);
  const left = await free();
  if (left !== null && needed > left) throw new ArchiveError('full', faults.room(name, needed, left));
}

const idIn = (ids: ReadonlyMap<string, string>, id: string) => ids.get(id) ?? id;

function renamed(record: RunRecord, id: string, ids: ReadonlyMap<string, string>): RunRecord {
  const history = record.history.map((chapter) =>
    chapter.kind === 'branched' ? { ...chapter, run: idIn(ids, chapter.run) } : chapter,
  );
  return {
    ...record,
    id,
    history,
    views: record.views.map((view) => ({ ...view, address: moved(view.address, ids) })),
  };
}

/** The address of a view of the same nets, by the ids that they have here. */
function moved(address: string, ids: ReadonlyMap<string, string>): string {
  const { nets, ...view } = decodeView(address);
  return encodeView({
    ...view,
    nets: nets && nets.map((net) => (typeof net === 'string' ? idIn(ids, net) : net)),
  });
}

const sessionWith = (session: SessionRecord, ids: ReadonlyMap<string, string>): SessionRecord => ({
  ...session,
  runs: session.runs.map((id) => idIn(ids, id)),
  hidden: session.hidden.map((id) => idIn(ids, id)),
  deleted: [],
});

/** Whether nothing has been trained on the page yet. */
function isEmpty(stored: unknown): boolean {
  const session = readSession(stored);
  return (
    !session || (session.experiment === null && session.runs.length === 0 && session.deleted.length === 0)
  );
}

type Last = Pick<Parameters<KeepDb['write']>[0], 'runs' | 'entries' | 'session'>;

async function writeAll(
  db: KeepDb,
  placed: readonly Placed[],
  name: string,
  { owner, now }: ImportServices,
  { progress, signal }: Waiting,
  last: Last,
): Promise<void> {
  const journal: Journal = {
    owner,
    updated: now(),
    runs: placed.filter(({ isHere }) => !isHere).map(({ id }) => id),
    files: placed.flatMap(({ id, moments }) =>
      moments.map(({ entry }): [string, number] => [id, entry.step]),
    ),
  };
  const total = 1 + placed.reduce((sum, one) => sum + bytesOf(one), 0);
  let done = 0;
  try {
    await db.write({ journal });
    for await (const piece of piecesOf(placed)) {
      if (signal.aborted) throw new ArchiveError('cancelled', faults.cancelled(name));
      await db.write(piece);
      progress((done += piece.bytes) / total);
    }
    if (signal.aborted) throw new ArchiveError('cancelled', faults.cancelled(name));
    await db.write({ ...last, journalDone: owner });
  } catch (error) {
    // Where that fails too, the journal stays, and the next load of the page does it.
    await undo(db, journal).catch(() => undefined);
    throw error;
  }
}

const pictureBytesOf = ({ run, isHere }: Pick<Placed, 'run' | 'isHere'>) =>
  isHere ? 0 : run.pictures.reduce((sum, { bytes }) => sum + bytes, 0);

const bytesOf = ({ run, isHere, moments }: Placed) =>
  (isHere ? 0 : run.pointBytes) +
  pictureBytesOf({ run, isHere }) +
  moments.reduce((sum, { entry }) => sum + entry.bytes, 0);

interface Piece {
  readonly packs: PointsPack[];
  readonly pictures: { readonly key: PictureKey; readonly file: ArrayBuffer }[];
  readonly files: { readonly key: CheckpointKey; readonly file: ArrayBuffer }[];
  bytes: number;
}

const emptyPiece = (): Piece => ({ packs: [], pictures: [], files: [], bytes: 0 });

async function* piecesOf(placed: readonly Placed[]): AsyncGenerator<Piece> {
  let piece = emptyPiece();
  for (const { run, id, isHere, moments } of placed) {
    if (!isHere) {
      const columns = columnsOf(decodePoints(await run.points(), run.record.isLogged));
      if (columns) piece.packs.push({ run: id, pack: 0, columns });
      piece.bytes += run.pointBytes;
      for (const { view, bytes, file } of run.pictures) {
        piece.pictures.push({ key: [id, view], file: await file() });
        piece.bytes += bytes;
      }
    }
    for (const { entry, file } of moments) {
      piece.files.push({ key: [id, entry.step], file: await file() });
      piece.bytes += entry.bytes;
      if (piece.bytes < PIECE) continue;
      yield piece;
      piece = emptyPiece();
    }
    if (piece.bytes < PIECE) continue;
    yield piece;
    piece = emptyPiece();
  }
  yield piece;
}

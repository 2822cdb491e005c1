/** An archive, looked through to its last byte before anything of it is used. */
import * as v from 'valibot';
import { sha256 } from '../../../model/sha256.ts';
import { MOST_FILE_BYTES } from '../../../model/safetensors.ts';
import { pictureFault } from '../../runs/views/pictureFault.ts';
import type { Waiting } from '../../state/archives.ts';
import { MOST_PICTURE_BYTES } from '../../state/keptView.ts';
import { checkpointSchema, type CheckpointEntry } from '../stored.ts';
import { RecordError, runOfRecord, type RunRecord } from '../runRecord.ts';
import { soundSession, type SessionRecord } from '../sessionRecord.ts';
import { ArchiveError } from './archiveError.ts';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  manifestSchema,
  MOST_LIST_BYTES,
  MOST_RECORD_BYTES,
  paths,
  type Manifest,
} from './archiveFormat.ts';
import { archiveFaults as faults } from './enArchive.ts';
import { parseExactJson } from './exactJson.ts';
import { contentOf, isMoment, pointsFault } from './keptRun.ts';
import { decodePoints, PointsError } from './pointsFile.ts';
import { tarEntries, type TarEntry } from './tar.ts';

/** Weights, and two numbers more for each of them. */
const MOST_MOMENT_BYTES = 3 * MOST_FILE_BYTES;

export interface ArchivedRun {
  readonly record: RunRecord;
  /** See keptRun.ts. */
  readonly content: string;
  readonly points: () => Promise<ArrayBuffer>;
  readonly pointBytes: number;
  readonly pictures: readonly ArchivedPicture[];
  readonly moments: readonly ArchivedMoment[];
}

/** The picture of a view that is kept with a run. */
export interface ArchivedPicture {
  readonly view: string;
  readonly bytes: number;
  readonly file: () => Promise<ArrayBuffer>;
}

export interface ArchivedMoment {
  readonly entry: CheckpointEntry;
  readonly sha256: string;
  readonly file: () => Promise<ArrayBuffer>;
}

export interface Archive {
  readonly runs: readonly ArchivedRun[];
  readonly session: SessionRecord | null;
}

/** Rejects with {@link ArchiveError} where anything of it is not as it should be. The files of runs are read again when they are asked for. */
export async function readArchive(file: Blob, name: string, waiting: Waiting): Promise<Archive> {
  const files = await openFiles(file, name, waiting);
  const runs: ArchivedRun[] = [];
  const ids = new Set<string>();
  for (let n = 1; n <= files.runs; n++) {
    const run = await archivedRun(files, name, n);
    if (ids.has(run.record.id)) throw content(name, paths.run(n), faults.sameId);
    ids.add(run.record.id);
    runs.push(run);
  }
  let session: SessionRecord | null = null;
  if (files.has(paths.session)) {
    session = soundSession(await files.json(paths.session));
    if (!session) throw content(name, paths.session, 'it is no record of a page');
  }
  if (files.has(paths.about)) await files.bytes(paths.about, MOST_RECORD_BYTES);
  files.refuseOthers();
  return { runs, session };
}

async function archivedRun(files: Files, name: string, n: number): Promise<ArchivedRun> {
  const record = recordIn(await files.json(paths.run(n)), name, paths.run(n));
  const pointsPath = paths.points(n);
  const points = await files.bytes(pointsPath, MOST_FILE_BYTES);
  try {
    const fault = pointsFault(decodePoints(points, record.isLogged), record);
    if (fault !== null) throw new PointsError(fault);
  } catch (error) {
    if (!(error instanceof PointsError)) throw error;
    throw content(name, pointsPath, error.message.replace(/\.$/, ''), error);
  }
  return {
    record,
    content: await contentOf(record, points),
    points: () => files.again(pointsPath),
    pointBytes: points.byteLength,
    pictures: await picturesIn(files, name, n, record),
    moments: files.has(paths.moments(n)) ? await momentsIn(files, name, n, record) : [],
  };
}

function recordIn(input: unknown, name: string, path: string): RunRecord {
  try {
    return { ...runOfRecord(input).record, owner: null };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw content(name, path, error.message.replace(/\.$/, ''), error);
  }
}

async function picturesIn(files: Files, name: string, n: number, { views }: RunRecord) {
  const pictures: ArchivedPicture[] = [];
  for (const [i, { id, picture }] of views.entries()) {
    if (!picture) continue;
    const at = paths.picture(n, i + 1, picture.type);
    const file = await files.bytes(at, MOST_PICTURE_BYTES);
    if (file.byteLength !== picture.bytes || files.digestOf(at) !== picture.sha256)
      throw content(name, at, faults.otherPicture);
    const fault = pictureFault(picture.type, file);
    if (fault !== null) throw content(name, at, fault);
    pictures.push({ view: id, bytes: file.byteLength, file: () => files.again(at) });
  }
  return pictures;
}

async function momentsIn(files: Files, name: string, n: number, run: RunRecord) {
  const path = paths.moments(n);
  const result = v.safeParse(v.array(checkpointSchema), await files.json(path));
  if (!result.success) {
    const [issue] = result.issues;
    throw content(name, path, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
  }
  const moments: ArchivedMoment[] = [];
  for (const [i, entry] of result.output.entries()) {
    if (entry.run !== run.id || entry.step <= (result.output[i - 1]?.step ?? -1))
      throw content(name, path, faults.listed);
    if (entry.step > run.step) throw content(name, path, faults.afterEnd);
    const at = paths.moment(n, entry.step);
    const file = await files.bytes(at, MOST_MOMENT_BYTES);
    if (!(await isMoment(file, entry))) throw content(name, at, faults.changed);
    moments.push({ entry, sha256: files.digestOf(at), file: () => files.again(at) });
  }
  return moments;
}

const content = (name: string, path: string, what: string, cause?: unknown) =>
  new ArchiveError('damaged', faults.content(name, path, what), { cause });

/** The files that the manifest names, each read once and compared with it. */
interface Files {
  readonly runs: number;
  readonly has: (path: string) => boolean;
  readonly bytes: (path: string, most: number) => Promise<ArrayBuffer>;
  readonly json: (path: string) => Promise<unknown>;
  /** A file that was looked through. */
  readonly again: (path: string) => Promise<ArrayBuffer>;
  readonly digestOf: (path: string) => string;
  /** Throws if there are files that nobody has asked for. */
  readonly refuseOthers: () => void;
}

async function openFiles(file: Blob, name: string, { progress, signal }: Waiting): Promise<Files> {
  const { entries, manifest } = await manifestOf(file, name, signal);
  const named = new Map(manifest.entries.map((entry) => [entry.path, entry]));
  if (named.size !== manifest.entries.length) throw content(name, paths.manifest, 'it names a file twice');
  const unknown = [...entries.keys()].find((path) => !named.has(path));
  if (unknown !== undefined) throw new ArchiveError('damaged', faults.unknown(name, unknown));
  const asked = new Set<string>();
  let done = 0;

  async function checked(path: string): Promise<ArrayBuffer> {
    if (signal.aborted) throw new ArchiveError('cancelled', faults.cancelled(name));
    const wanted = named.get(path);
    const entry = entries.get(path);
    if (!wanted || !entry) throw new ArchiveError('damaged', faults.missing(name, path));
    if (entry.bytes !== wanted.bytes) {
      throw new ArchiveError('damaged', faults.size(name, path, entry.bytes, wanted.bytes));
    }
    const bytes = await bytesOf(file, entry, name);
    if ((await sha256(new Uint8Array(bytes))) !== wanted.sha256) {
      throw new ArchiveError('damaged', faults.digest(name, path));
    }
    return bytes;
  }
  const bytes = async (path: string, most: number) => {
    const size = entries.get(path)?.bytes ?? 0;
    if (size > most) throw new ArchiveError('tooLarge', faults.large(name, path, size, most));
    const read = await checked(path);
    asked.add(path);
    progress(Math.min(1, (done += size) / Math.max(1, file.size)));
    return read;
  };
  return {
    runs: manifest.runs,
    has: (path) => named.has(path),
    bytes,
    json: async (path) => jsonOf(await bytes(path, MOST_RECORD_BYTES), path, name),
    again: checked,
    digestOf: (path) => named.get(path)?.sha256 ?? '',
    refuseOthers() {
      const other = [...named.keys()].find((path) => !asked.has(path));
      if (other !== undefined) throw new ArchiveError('damaged', faults.unknown(name, other));
    },
  };
}

/** Without the folder that the files lie in, if a person has unpacked and packed them again. */
async function manifestOf(file: Blob, name: string, signal: AbortSignal) {
  const all = await tarEntries(file, name, signal);
  const places = [...all.keys()].filter((path) => /^([^/]*\/)?manifest\.json$/.test(path));
  const [place] = places;
  if (place === undefined || places.length > 1) throw new ArchiveError('damaged', faults.noManifest(name));
  const folder = place.slice(0, -paths.manifest.length);
  const entries = new Map([...all].map(([path, entry]) => [withoutFolder(path, folder), entry] as const));
  const entry = entries.get(paths.manifest)!;
  entries.delete(paths.manifest);
  if (entry.bytes > MOST_LIST_BYTES) {
    throw new ArchiveError('tooLarge', faults.large(name, paths.manifest, entry.bytes, MOST_LIST_BYTES));
  }
  const input = jsonOf(await bytesOf(file, entry, name), paths.manifest, name);
  return { entries, manifest: manifestIn(input, name) };
}

const withoutFolder = (path: string, folder: string) =>
  path.startsWith(folder) ? path.slice(folder.length) : path;

function manifestIn(input: unknown, name: string): Manifest {
  const head = v.safeParse(v.object({ format: v.literal(ARCHIVE_FORMAT), version: v.number() }), input);
  if (head.success && head.output.version > ARCHIVE_VERSION) {
    throw new ArchiveError('newer', faults.newer(name, String(head.output.version), ARCHIVE_VERSION));
  }
  const result = v.safeParse(manifestSchema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw content(name, paths.manifest, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}

async function bytesOf(file: Blob, { at, bytes }: TarEntry, name: string): Promise<ArrayBuffer> {
  try {
    return await file.slice(at, at + bytes).arrayBuffer();
  } catch (cause) {
    throw new ArchiveError('damaged', faults.unread(name), { cause });
  }
}

function jsonOf(bytes: ArrayBuffer, path: string, name: string): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArchiveError('damaged', faults.json(name, path), { cause });
  }
}

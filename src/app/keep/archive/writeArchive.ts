/** Everything that is kept, written as one file: run by run, so that no more than one moment of one run is in memory. */
import { sha256 } from '../../../model/sha256.ts';
import type { ArchiveSizes, SavedArchive, SavingOptions } from '../../state/archives.ts';
import type { PictureType } from '../../state/keptView.ts';
import type { KeepDb } from '../keepDb.ts';
import type { RunRecord } from '../runRecord.ts';
import { soundSession, type SessionRecord } from '../sessionRecord.ts';
import { ArchiveError } from './archiveError.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, paths, type Manifest } from './archiveFormat.ts';
import { aboutArchive, archiveFaults as faults } from './enArchive.ts';
import { exactJson } from './exactJson.ts';
import { isMoment, keptRun, soundPicture } from './keptRun.ts';
import { padding, tarEnd, tarHeader } from './tar.ts';

export interface WritingOptions extends SavingOptions {
  readonly app: Manifest['app'];
}

export async function archiveSizes(db: KeepDb): Promise<ArchiveSizes> {
  const [stored, entries] = await Promise.all([db.sizes(), db.checkpoints()]);
  return {
    runs: stored.length,
    curves: 8 * stored.reduce((sum, { numbers }) => sum + numbers, 0),
    pictureBytes: stored.reduce((sum, one) => sum + one.pictureBytes, 0),
    moments: entries.length,
    momentBytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** What cannot be read is left out, and counted. Rejects with {@link ArchiveError} when it is left, with KeepError where the storage fails. */
export async function writeArchive(db: KeepDb, options: WritingOptions): Promise<SavedArchive> {
  const { withMoments, exported, app, progress, signal } = options;
  const [sizes, stored, ids] = await Promise.all([archiveSizes(db), db.session(), db.ids()]);
  const session = soundSession(stored);
  const deleted = new Set(session?.deleted);
  const tar = new TarWriter(exported);
  const damagedRuns: string[] = [];
  let [runs, moments, damagedMoments, damagedPictures, done] = [0, 0, 0, 0, 0];
  const total = 1 + sizes.curves + sizes.pictureBytes + (withMoments ? sizes.momentBytes : 0);
  const told = (bytes: number) => {
    if (signal.aborted) throw new ArchiveError('cancelled', faults.savingCancelled);
    progress(Math.min(1, (done += bytes) / total));
  };
  await tar.text(paths.about, aboutArchive);
  for (const id of ids) {
    if (deleted.has(id)) continue;
    told(0);
    const kept = await keptRun(db, id);
    if (!kept) {
      damagedRuns.push(id);
      continue;
    }
    const n = ++runs;
    const { record, pictures, damaged } = await withPictures(db, kept.record);
    damagedPictures += damaged;
    await tar.text(paths.run(n), exactJson(record));
    await tar.file(paths.points(n), new Uint8Array(kept.points));
    for (const [i, { type, file }] of pictures)
      await tar.file(paths.picture(n, i + 1, type), new Uint8Array(file));
    told(kept.points.byteLength + pictures.reduce((sum, [, { file }]) => sum + file.byteLength, 0));
    if (!withMoments) continue;
    const written = [];
    for (const entry of kept.entries) {
      const file = await db.file(id, entry.step);
      told(entry.bytes);
      if (!file || !(await isMoment(file, entry))) {
        damagedMoments++;
        continue;
      }
      await tar.file(paths.moment(n, entry.step), new Uint8Array(file));
      written.push(entry);
    }
    moments += written.length;
    await tar.text(paths.moments(n), exactJson(written));
  }
  if (session) await tar.text(paths.session, exactJson(nothingForgotten(session)));
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    exported: exported.toISOString(),
    app,
    runs,
    withMoments,
    entries: [...tar.entries],
  };
  await tar.text(paths.manifest, exactJson(manifest));
  return { file: tar.end(), runs, moments, damagedRuns, damagedMoments, damagedPictures };
}

/** A picture of a kept view, and the view's place among those of its run. */
type Picture = readonly [at: number, { readonly type: PictureType; readonly file: ArrayBuffer }];

/** A view whose picture cannot be read is kept without it. */
async function withPictures(db: KeepDb, record: RunRecord) {
  const pictures: Picture[] = [];
  const views: RunRecord['views'] = [];
  for (const [at, view] of record.views.entries()) {
    const { picture } = view;
    const file = picture && (await soundPicture(picture, await db.picture(record.id, view.id)));
    if (picture && file) pictures.push([at, { type: picture.type, file }]);
    views.push(file ? view : { ...view, picture: null });
  }
  const damaged = record.views.filter(({ picture }) => picture).length - pictures.length;
  return { record: damaged === 0 ? record : { ...record, views }, pictures, damaged };
}

/** What can be undone on this page cannot be elsewhere. */
function nothingForgotten({ forgottenViews: _, ...session }: SessionRecord): SessionRecord {
  return { ...session, deleted: [] };
}

/** Pieces are handed to the browser, which may put them on its disk, when they have come to so many bytes. */
const PIECE = 4 << 20;

class TarWriter {
  readonly entries: Manifest['entries'] = [];
  readonly #blobs: Blob[] = [];
  #piece: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;

  constructor(private readonly when: Date) {}

  text = (path: string, text: string): Promise<void> => this.file(path, new TextEncoder().encode(text));

  async file(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.entries.push({ path, bytes: bytes.length, sha256: await sha256(bytes) });
    const header = tarHeader(path, bytes.length, this.when.getTime() / 1000);
    this.#push(header, bytes, padding(bytes.length));
  }

  end(): Blob {
    this.#push(tarEnd());
    this.#hand();
    return new Blob(this.#blobs, { type: 'application/x-tar' });
  }

  #push(...parts: readonly Uint8Array<ArrayBuffer>[]): void {
    this.#piece.push(...parts);
    this.#bytes += parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#bytes >= PIECE) this.#hand();
  }

  #hand(): void {
    this.#blobs.push(new Blob(this.#piece));
    [this.#piece, this.#bytes] = [[], 0];
  }
}
